// What the pages of an account can do more than their forms: show a typed password, print, say that a key was not read.

for (const button of document.querySelectorAll('[data-reveal]')) {
  const field = document.getElementById(button.dataset.reveal)
  button.hidden = false
  button.addEventListener('click', () => {
    const shown = field.type === 'text'
    field.type = shown ? 'password' : 'text'
    button.setAttribute('aria-pressed', String(!shown))
  })
  // A password manager, and the server, get a password field.
  field.form.addEventListener('submit', () => { field.type = 'password' })
}

for (const button of document.querySelectorAll('[data-print]')) {
  button.hidden = false
  button.addEventListener('click', () => window.print())
}

if (window.PublicKeyCredential) {
  for (const button of document.querySelectorAll('[data-passkey]')) button.hidden = false
}
// The library's scripts stand further down: by now they have run.
document.addEventListener('DOMContentLoaded', () => {
  for (const { dataset } of document.querySelectorAll('[data-passkey-form]')) {
    window.allauth.webauthn.forms[dataset.passkeyForm]({ ids: JSON.parse(dataset.ids) })
  }
})
document.addEventListener('allauth.error', (event) => {
  const trouble = document.querySelector('[data-passkey-trouble]')
  if (!trouble) return
  event.preventDefault()
  trouble.hidden = false
})
