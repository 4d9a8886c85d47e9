// What every page loads. Each page works without it.
import { Accordion, Button, CharacterCount, Checkboxes, ErrorSummary, NotificationBanner, Radios, ServiceNavigation, SkipLink, Tabs, createAll } from 'govuk-frontend'
import { autosave } from './autosave.js'
import { copyButtons } from './copy.js'
import { look } from './look.js'
import { mapReading } from './map-reading.js'
import { passkeys } from './passkeys.js'
import { scopes } from './scope.js'
import { workshop } from './workshop.js'

for (const component of [Accordion, Button, CharacterCount, Checkboxes, ErrorSummary, NotificationBanner, Radios, ServiceNavigation, SkipLink, Tabs]) {
  createAll(component)
}
autosave()
copyButtons()
look()
mapReading()
passkeys()
scopes()
workshop()
