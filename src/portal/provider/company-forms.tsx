import { z } from 'zod'
import { invitePerson } from '../../access/index.ts'
import { fault, isFault } from '../../base/fault.ts'
import { createSite } from '../../company/index.ts'
import { createDevice, createSensor, deviceClasses } from '../../device/index.ts'
import {
  CheckField,
  failForm,
  field,
  type Option,
  readForm,
  type RouteSpec,
  SelectField,
  TextField,
} from '../../http/index.ts'
import { pair, readChoices } from './company-pair.tsx'
import type { ProviderParts } from './parts.ts'
import { providerWords } from './say.ts'

const person = z.object({
  name: field.text({ max: 60 }),
  email: field.email(),
  phone: field.optionalPhone(),
  role: field.choice(['owner', 'member']),
  contactOrder: field.optionalNumber({ min: 1, max: 20 }),
})

function people(parts: ProviderParts): RouteSpec[] {
  return pair({
    kind: 'people',
    title: (ctx) => providerWords(ctx.lang).company.addPerson,
    fields: ({ ctx, form }) => {
      const say = providerWords(ctx.lang).company
      const roles = (['owner', 'member'] as const).map((value) => ({ value, text: say.roles[value] }))
      return (
        <>
          <TextField form={form} name="name" label={say.personName} required chars={24} />
          <TextField form={form} name="email" label={say.email} type="email" required chars={30} />
          <TextField form={form} name="phone" label={say.phone} type="tel" chars={16} />
          <SelectField form={form} name="role" label={say.role} options={roles} required />
          <TextField
            form={form}
            name="contactOrder"
            label={say.order}
            help={say.orderHelp}
            inputmode="numeric"
            chars={4}
          />
        </>
      )
    },
    async keep(ctx, company) {
      const say = providerWords(ctx.lang).company
      const read = readForm(ctx, person, {
        name: say.personName,
        email: say.email,
        phone: say.phone,
        role: say.role,
        contactOrder: say.order,
      })
      if (!read.ok) return { form: read.form }
      const { phone, contactOrder, ...rest } = read.value
      try {
        await invitePerson(
          parts.access,
          ctx.actor,
          {
            ...rest,
            organisation: company,
            language: 'ja',
            phone: phone ?? null,
            contactOrder: contactOrder ?? null,
          },
          ctx.now,
        )
      } catch (thrown) {
        if (isFault(thrown) && thrown.details['field'] === 'email') {
          return { form: failForm(ctx, { email: say.takenEmail }) }
        }
        throw thrown
      }
      return { redirect: `/companies/${company}?done=invited&name=${encodeURIComponent(rest.name)}` }
    },
  })
}

const site = z.object({ name: field.text({ max: 60 }), address: field.optionalText({ max: 200 }) })

const sites = pair({
  kind: 'sites',
  title: (ctx) => providerWords(ctx.lang).company.addSite,
  fields: ({ ctx, form }) => {
    const say = providerWords(ctx.lang).company
    return (
      <>
        <TextField form={form} name="name" label={say.siteName} required chars={24} />
        <TextField form={form} name="address" label={say.address} chars={40} />
      </>
    )
  },
  async keep(ctx, company) {
    const say = providerWords(ctx.lang).company
    const read = readForm(ctx, site, { name: say.siteName, address: say.address })
    if (!read.ok) return { form: read.form }
    await createSite(ctx.db, ctx.actor, {
      company,
      name: read.value.name,
      address: read.value.address ?? null,
    })
    return { redirect: `/companies/${company}?done=saved` }
  },
})

const device = z.object({
  nickname: field.text({ max: 8 }),
  class: field.choice([...deviceClasses]),
  site: field.optionalText({ max: 40 }),
  place: field.optionalText({ max: 40 }),
  person: field.optionalText({ max: 40 }),
  knownAs: field.optionalText({ max: 400 }),
})

const devices = pair({
  kind: 'devices',
  title: (ctx) => providerWords(ctx.lang).company.addDevice,
  fields: ({ ctx, form, choices }) => {
    const say = providerWords(ctx.lang).company
    return (
      <>
        <TextField form={form} name="nickname" label={say.nickname} required chars={12} />
        <SelectField
          form={form}
          name="class"
          label={say.class}
          required
          options={deviceClasses.map((value) => ({ value, text: say.classes[value] }))}
        />
        <SelectField form={form} name="site" label={say.site} options={choices.sites} blank />
        <TextField form={form} name="place" label={say.place} chars={24} />
        <TextField form={form} name="person" label={say.person} chars={24} />
        <TextField form={form} name="knownAs" label={say.knownAs} help={say.knownAsHelp} chars={40} />
      </>
    )
  },
  async keep(ctx, company) {
    const say = providerWords(ctx.lang).company
    const read = readForm(ctx, device, {
      nickname: say.nickname,
      class: say.class,
      site: say.site,
      place: say.place,
      person: say.person,
      knownAs: say.knownAs,
    })
    if (!read.ok) return { form: read.form }
    const knownAs = (read.value.knownAs ?? '').split(/[\s,、]+/u).filter((name) => name !== '')
    const choices = await readChoices(ctx)
    const known = choices.sites.some((each) => each.value === read.value.site)
    await createDevice(ctx.db, ctx.actor, {
      company,
      ...read.value,
      site: known ? read.value.site : undefined,
      knownAs,
    })
    return { redirect: `/companies/${company}?done=saved` }
  },
})

const sensor = z.object({
  name: field.text({ max: 60 }),
  device: field.optionalText({ max: 40 }),
  source: field.choice(['auto', 'fortigate', 'windows', 'sshd', 'syslog']),
  class: field.choice(['utm', 'server', 'pc', 'laptop', 'mail']),
  required: field.flag(),
  cadenceSeconds: field.optionalNumber({ min: 1, max: 604_800 }),
})

const sensors = pair({
  kind: 'sensors',
  title: (ctx) => providerWords(ctx.lang).company.addSensor,
  fields: ({ ctx, form, choices }) => {
    const say = providerWords(ctx.lang).sensor
    const options = (words: Readonly<Record<string, string>>): Option[] =>
      Object.entries(words).map(([value, text]) => ({ value, text }))
    return (
      <>
        <TextField form={form} name="name" label={say.name} help={say.nameHelp} required chars={24} />
        <SelectField form={form} name="device" label={say.device} options={choices.devices} blank />
        <SelectField form={form} name="source" label={say.source} options={options(say.sources)} required />
        <SelectField form={form} name="class" label={say.class} options={options(say.classes)} required />
        <CheckField form={form} name="required" label={say.required} />
        <TextField
          form={form}
          name="cadenceSeconds"
          label={say.cadence}
          help={say.cadenceHelp}
          inputmode="numeric"
          chars={6}
        />
      </>
    )
  },
  async keep(ctx, company) {
    const say = providerWords(ctx.lang).sensor
    const read = readForm(ctx, sensor, {
      name: say.name,
      device: say.device,
      source: say.source,
      class: say.class,
      required: say.required,
      cadenceSeconds: say.cadence,
    })
    if (!read.ok) return { form: read.form }
    const { device: chosen } = read.value
    const { devices: known } = await readChoices(ctx)
    if (chosen !== undefined && !known.some((each) => each.value === chosen)) {
      throw fault('BAD_INPUT', { field: 'device' })
    }
    const id = await createSensor(ctx.db, ctx.actor, {
      ...read.value,
      company,
    })
    return { redirect: `/sensors/${id}` }
  },
})

/** The forms that fill a company: people, places, devices, sensors. */
export function companyForms(parts: ProviderParts): readonly RouteSpec[] {
  return [...people(parts), ...sites, ...devices, ...sensors]
}
