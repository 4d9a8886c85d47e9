// The live part of a workshop's page (#live): a stream says that something has changed, and the page then asks for its own live part, which
// the server makes for whoever looks. Without a script the page is the same, and a link looks again.
const QUIET = 40000
const LONGEST_WAIT = 10000

export const workshop = () => {
  const live = document.getElementById('live')
  if (live?.dataset.events) new Workshop(live)
}

class Workshop {
  constructor (live) {
    this.live = live
    this.said = document.getElementById('live-said')
    this.lost = document.getElementById('live-lost')
    this.failures = 0
    this.wanted = null
    this.startTimers()
    this.listen()
    document.addEventListener('submit', event => this.submit(event))
    document.addEventListener('visibilitychange', () => { if (!document.hidden) this.look('live') })
    addEventListener('pagehide', () => this.source?.close())
    addEventListener('pageshow', event => { if (event.persisted) { this.listen(); this.look('live') } })
    setInterval(() => { this.tick(); this.watch() }, 250)
  }

  // The browser connects again by itself, but neither after an answer that it does not like nor where a connection dies without a word.
  listen () {
    this.source?.close()
    if (!this.live.dataset.events) return
    this.heardAt = performance.now()
    this.source = new EventSource(this.live.dataset.events)
    const heard = act => event => { this.heardAt = performance.now(); this.show(true); act(event) }
    this.source.addEventListener('room', heard(event => { if (event.data !== this.live.dataset.version) this.look('live') }))
    this.source.addEventListener('turnout', heard(() => this.look('turnout')))
    this.source.addEventListener('beat', heard(() => {}))
    this.source.addEventListener('error', () => this.show(false))
  }

  watch () {
    const quiet = performance.now() - this.heardAt
    if (quiet > QUIET || (this.source?.readyState === EventSource.CLOSED && quiet > 2000)) this.listen()
  }

  // One look at a time; what is asked for meanwhile is looked at afterwards.
  async look (part) {
    if (this.isLooking) {
      this.wanted = this.wanted === 'live' ? 'live' : part
      return
    }
    this.isLooking = true
    try {
      const response = await fetch(`${location.pathname}?part=${part}`, { headers: { Accept: 'text/html' } })
      if (response.status >= 500 || response.status === 429) throw new Error(response.statusText)
      if (!response.ok || response.redirected) { location.reload(); return }
      this.swap(await response.text(), part === 'live' ? 'live' : part)
      this.failures = 0
      this.show(true)
    } catch {
      this.failures++
      this.show(false)
      this.wanted = 'live'
      await new Promise(resolve => setTimeout(resolve, Math.min(LONGEST_WAIT, 500 * 2 ** this.failures)))
    } finally {
      this.isLooking = false
    }
    const wanted = this.wanted
    this.wanted = null
    if (wanted) this.look(wanted)
  }

  async submit (event) {
    const form = event.target
    if (!this.live.contains(form) || form.dataset.whole || event.defaultPrevented) return
    event.preventDefault()
    if (this.isSending) return
    this.isSending = true
    try {
      const address = new URL(form.action)
      address.searchParams.set('part', 'live')
      const response = await fetch(address, { method: 'POST', headers: { Accept: 'text/html' }, body: new URLSearchParams(new FormData(form, event.submitter)) })
      if (response.status >= 500 || response.status === 429) throw new Error(response.statusText)
      if (response.redirected || !(response.ok || response.status === 400)) { location.reload(); return }
      // What was sent is what the answer shows: nothing that was typed has to be kept beside it.
      this.swap(await response.text(), 'live', form.dataset.keep)
      this.show(true)
      this.live.querySelector('.govuk-error-summary')?.setAttribute('tabindex', '-1')
      this.live.querySelector('.govuk-error-summary')?.focus()
    } catch {
      this.show(false)
    } finally {
      this.isSending = false
    }
  }

  swap (html, id, sent) {
    const next = new DOMParser().parseFromString(html, 'text/html').getElementById(id)
    const old = document.getElementById(id)
    if (!next || !old) { location.reload(); return }
    // An answer that was overtaken on its way.
    if (id === 'live' && Number(next.dataset.version) < Number(old.dataset.version)) return
    const focused = old.contains(document.activeElement) ? document.activeElement : null
    const selection = focused && 'selectionStart' in focused && focused.type !== 'radio' ? [focused.selectionStart, focused.selectionEnd] : null
    keep(old, next, sent)
    old.replaceWith(next)
    if (focused) {
      const again = (focused.id && document.getElementById(focused.id)) || next.querySelector('h1')
      again?.focus({ preventScroll: true })
      if (selection?.[0] != null) again?.setSelectionRange?.(...selection)
    }
    if (id !== 'live') return
    const said = next.dataset.said
    if (this.said && said !== this.live.dataset.said) this.said.textContent = said
    const wasOpen = this.live.dataset.events
    this.live = next
    if (wasOpen && !next.dataset.events) this.source?.close()
    this.startTimers()
  }

  startTimers () {
    this.timers = [...this.live.querySelectorAll('[data-seconds]')].map(element => ({ element, end: performance.now() + 1000 * Number(element.dataset.seconds) }))
  }

  tick () {
    for (const { element, end } of this.timers) {
      const seconds = Math.max(0, Math.ceil((end - performance.now()) / 1000))
      const text = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
      if (element.textContent === text) continue
      element.textContent = text
      element.parentElement.classList.toggle('rasp-timer--over', seconds === 0)
      if (seconds === 0 && this.said) this.said.textContent = 'The time is up.'
    }
  }

  show (isConnected) {
    if (this.lost) this.lost.hidden = isConnected
  }
}

// What somebody has typed, chosen or opened and not sent yet stays where the same thing stands in the new part.
const keep = (old, next, sent) => {
  for (const from of old.querySelectorAll('[data-keep]')) {
    const to = [...next.querySelectorAll('[data-keep]')].find(other => other.dataset.keep === from.dataset.keep)
    if (!to) continue
    if (from.tagName === 'DETAILS') { to.open = from.open; continue }
    if (from.dataset.keep === sent) continue
    for (const field of from.elements) {
      const same = field.id && to.elements.namedItem(field.id)
      if (!same || field.type === 'hidden') continue
      if (field.type === 'radio' || field.type === 'checkbox') { if (field.checked !== field.defaultChecked) same.checked = field.checked } else if (field.value !== field.defaultValue) same.value = field.value
    }
  }
}
