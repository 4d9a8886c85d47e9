// rasp-passkey: adds and uses passkeys. What needs them is hidden in the page and shown here, because without a script, or in
// a browser that does not know them, it could do nothing.
//
// <p data-passkey-absent>This needs JavaScript …</p>
// <div data-passkey-needs hidden>
//   <form method="post" data-passkey="add" data-options="/where/to/ask?handler=options"> the form's token,
//     <input type="hidden" name="Credential"> <p role="alert" data-passkey-said></p> <button>Add a passkey</button></form></div>
export const passkeys = () => {
  if (!window.PublicKeyCredential?.parseCreationOptionsFromJSON) return
  for (const element of document.querySelectorAll('[data-passkey-needs]')) element.hidden = false
  for (const element of document.querySelectorAll('[data-passkey-absent]')) element.hidden = true
  for (const form of document.querySelectorAll('form[data-passkey]')) {
    form.addEventListener('submit', event => { event.preventDefault(); run(form) })
  }
}

const run = async form => {
  const said = form.querySelector('[data-passkey-said]')
  said.textContent = ''
  try {
    const options = await ask(form)
    const credential = form.dataset.passkey === 'add'
      ? await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) })
      : await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) })
    form.elements.namedItem('Credential').value = JSON.stringify(credential.toJSON())
    form.submit()
  } catch (error) {
    said.textContent = error.name === 'InvalidStateError' ? 'This device has a passkey for your account already.'
      : error.name === 'NotAllowedError' ? 'It was stopped, or took too long. Try again.'
        : 'It did not work. Load the page again, and try once more.'
  }
}

const ask = async form => {
  const send = () => fetch(form.dataset.options, {
    method: 'POST', headers: { accept: 'application/json' }, body: new URLSearchParams(new FormData(form))
  })
  let response = await send()
  if (response.status === 400) {
    // The page had been open for too long: it is given a fresh token.
    form.elements.namedItem('__RequestVerificationToken').value = (await response.json()).token
    response = await send()
  }
  if (!response.ok) throw new Error(`${response.status}`)
  return response.json()
}
