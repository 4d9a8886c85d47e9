// rasp-question: saves an answer while it is given, says so, and outlasts a lost connection. Without a script the button
// saves. What is not confirmed yet is kept in this tab's session storage, so that neither a crash nor a reload loses it.
const PAUSE_AFTER_TYPING = 1000
const LONGEST_WAIT = 30000

export const autosave = () => {
  const form = document.querySelector('form[data-autosave]')
  if (form) new Autosave(form)
}

class Autosave {
  constructor (form) {
    this.form = form
    this.draftKey = `rasp:${location.pathname}`
    this.said = form.querySelector('.rasp-saved')
    this.changes = 0
    this.saved = 0
    this.failures = 0
    this.isOver = false
    // What was carried forward is filled in, and is nobody's answer until its level is chosen or the button pressed.
    this.isAnswered = !('carried' in form.dataset)
    this.restore()
    form.addEventListener('input', event => { if (event.target.name === 'Answer') this.isAnswered = true })
    form.addEventListener('input', event => this.changed(event.target.type === 'radio' ? 0 : PAUSE_AFTER_TYPING))
    form.addEventListener('submit', event => { event.preventDefault(); this.submit() })
    addEventListener('online', () => this.later(0))
    addEventListener('pagehide', () => { if (this.isDirty && !this.isOver) this.send(true).catch(() => {}) })
  }

  get isDirty () { return this.changes > this.saved }

  changed (pause) {
    this.changes++
    this.keepDraft()
    this.later(pause)
  }

  later (pause) {
    clearTimeout(this.timer)
    if (this.isDirty && !this.isOver) this.timer = setTimeout(() => this.save(), pause)
  }

  // One save at a time, so that a later one never overtakes an earlier one.
  save () {
    clearTimeout(this.timer)
    this.saving = (this.saving ?? Promise.resolve()).then(() => this.attempt())
    return this.saving
  }

  async attempt () {
    const changes = this.changes
    let response
    try {
      response = await this.send(false)
      if (response.status === 400) {
        const { token } = await response.json()
        this.field('__RequestVerificationToken').value = token
        response = await this.send(false)
      }
      if (response.status >= 500 || response.status === 429) throw new Error(response.statusText)
    } catch {
      this.failures++
      this.say('Not saved yet: there is no connection. We keep trying, and what you entered stays here.', true)
      this.later(Math.min(LONGEST_WAIT, 1000 * 2 ** this.failures))
      return { isReached: false }
    }
    this.failures = 0
    return this.conclude(response, changes)
  }

  async conclude (response, changes) {
    if (response.ok) {
      const { version, next } = await response.json()
      this.field('Version').value = version
      this.saved = Math.max(this.saved, changes)
      if (!this.isDirty) this.dropDraft()
      this.say('Saved', false)
      return { isReached: true, next }
    }
    if (response.status === 422) {
      const { errors } = await response.json()
      this.say(`Not saved: ${errors.join('. ')}.`, true)
      return { isReached: true }
    }
    this.isOver = true
    this.say(response.status === 409
      ? 'Not saved: this question was saved in another tab or window. Press “Save and continue” to compare.'
      : 'Not saved: this browser does not have the assessment open any more. Press “Save and continue” to see what to do.', true)
    return { isReached: true }
  }

  // The page numbers its saves, so that the server can tell an own, later save from somebody else's.
  send (isLast) {
    this.field('PageSave').value = Number(this.field('PageSave').value) + 1
    const entered = new FormData(this.form)
    if (!this.isAnswered) entered.delete('Answer')
    return fetch(this.form.action, {
      method: 'POST',
      headers: { Accept: 'application/json' },
      body: new URLSearchParams(entered),
      keepalive: isLast
    })
  }

  async submit () {
    const button = this.form.querySelector('button:not([type])')
    button.disabled = true
    this.isAnswered = true
    const { isReached, next } = this.isOver ? { isReached: true } : await this.save()
    if (next) {
      location.assign(next)
      return
    }
    button.disabled = false
    if (!isReached) return
    // Something is missing or in conflict: the server shows what, beside what was typed.
    this.isOver = true
    this.dropDraft()
    this.field('PageSave').value = Number(this.field('PageSave').value) + 1
    this.form.submit()
  }

  say (text, isTrouble) {
    this.said.classList.toggle('rasp-saved--failed', isTrouble)
    if (this.said.textContent !== text) this.said.textContent = text
  }

  keepDraft () {
    const draft = Object.fromEntries(new FormData(this.form))
    delete draft.__RequestVerificationToken
    try { sessionStorage.setItem(this.draftKey, JSON.stringify(draft)) } catch { /* without storage the page itself still holds it */ }
  }

  dropDraft () {
    try { sessionStorage.removeItem(this.draftKey) } catch { /* nothing was kept */ }
  }

  restore () {
    let draft
    try { draft = JSON.parse(sessionStorage.getItem(this.draftKey)) } catch { return }
    if (!draft) return
    for (const name of ['Note', 'Evidence', 'Version', 'PageId', 'PageSave']) {
      if (name in draft) this.field(name).value = draft[name]
    }
    for (const name of ['Answer', 'Stance']) {
      for (const radio of this.form.querySelectorAll(`input[name="${name}"]`)) radio.checked = radio.value === draft[name]
    }
    this.changed(0)
  }

  field (name) { return this.form.elements.namedItem(name) }
}
