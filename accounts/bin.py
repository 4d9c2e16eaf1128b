"""The business identification number (БСН / БИН) of Kazakhstan."""


def is_bin(number: str) -> bool:
    """12 digits with a right check digit: weights 1–11, then 3–11,1,2; a second 10 is never issued.

    Source: Government resolutions No. 565 of 2003 and No. 406 of 2007 as named in S70. Twin of core_is_bin().
    """
    if len(number) != 12 or not (number.isascii() and number.isdigit()):
        return False
    digits = [int(digit) for digit in number]
    check = sum(digit * weight for weight, digit in enumerate(digits[:11], start=1)) % 11
    if check == 10:
        check = sum(digit * ((place + 2) % 11 + 1) for place, digit in enumerate(digits[:11])) % 11
    return check < 10 and check == digits[11]
