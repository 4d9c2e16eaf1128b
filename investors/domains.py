"""The domain of a company: of its website, else of an e-mail address that is not of a free mail service."""

from urllib.parse import urlsplit

FREE_MAIL = frozenset(
    "126.com 163.com aol.com bk.ru foxmail.com gmail.com gmx.at gmx.ch gmx.com gmx.de gmx.net googlemail.com "
    "hanmail.net hotmail.com hotmail.fr icloud.com inbox.ru internet.ru libero.it list.ru live.com mac.com mail.com "
    "mail.kz mail.ru me.com msn.com naver.com orange.fr outlook.com pm.me proton.me protonmail.com qq.com rambler.ru "
    "sina.com t-online.de tutanota.com web.de ya.ru yahoo.co.jp yahoo.co.uk yahoo.com yandex.com yandex.kz yandex.ru "
    "yeah.net zoho.com".split()
)


def domain_of(website: str, email: str) -> str:
    """Small letters, without “www.”; empty where only a free mail service is known."""
    host = (urlsplit(website if "//" in website else f"//{website}").hostname or "") if website else ""
    if found := host.removeprefix("www."):
        return found[:253]
    domain = email.rpartition("@")[2].lower()
    return "" if domain in FREE_MAIL else domain[:253]
