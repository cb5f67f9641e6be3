import type { VNode } from 'preact'
import {
  dropLogo,
  keepLogo,
  type Logo,
  logoBytes,
  logoOf,
  mayDeclare,
  readLogo,
} from '../../../declaration/index.ts'
import { fault } from '../../../base/fault.ts'
import {
  ActForm,
  type Answer,
  blankForm,
  type FormState,
  failForm,
  route,
  Section,
  type SignedCtx,
  sayTime,
} from '../../../http/index.ts'
import { byOf, ipaSite, OutLink, StarsPage, starWords } from './say.tsx'

type Kept = Omit<Logo, 'bytes'> | undefined
const keptOf = (ctx: SignedCtx): Promise<Kept> =>
  ctx.inCompany(ctx.actor.organisation, (tx) => logoOf(tx, ctx.actor.organisation))

/** The file of the mark that the company got from IPA itself; none is supplied here. */
export const logo = route({
  method: 'GET',
  path: '/stars/logo',
  area: 'owner',
  async handle(ctx: SignedCtx): Promise<Answer> {
    return { page: <LogoPage ctx={ctx} form={blankForm()} kept={await keptOf(ctx)} /> }
  },
})

export const uploadLogo = route({
  method: 'POST',
  path: '/stars/logo',
  area: 'owner',
  roles: ['owner'],
  // A file that is a little too large still gets words; more is refused before it is read.
  upload: { bytes: 2 * logoBytes },
  async handle(ctx: SignedCtx): Promise<Answer> {
    const say = starWords(ctx.lang).logo
    const { file } = ctx
    const again = async (text: string): Promise<Answer> => ({
      page: <LogoPage ctx={ctx} form={failForm(ctx, { file: text })} kept={await keptOf(ctx)} />,
      status: 422,
    })
    if (file === undefined || file.bytes.length === 0) return again(say.needed)
    const taken = await ctx.inCompany(ctx.actor.organisation, (tx) => keepLogo(tx, byOf(ctx), file))
    return taken ? { redirect: '/stars/logo?done=logo' } : again(say.wrong)
  },
})

export const removeLogo = route({
  method: 'POST',
  path: '/stars/logo/removal',
  area: 'owner',
  roles: ['owner'],
  async handle(ctx: SignedCtx): Promise<Answer> {
    await ctx.inCompany(ctx.actor.organisation, (tx) => dropLogo(tx, byOf(ctx)))
    return { redirect: '/stars/logo?done=logoGone' }
  },
})

/** The file, for the company's own people; a picture may also stand on its page. */
export const logoFile = route({
  method: 'GET',
  path: '/stars/logo/file',
  area: 'owner',
  async handle(ctx: SignedCtx): Promise<Answer> {
    const kept = await ctx.inCompany(ctx.actor.organisation, (tx) => readLogo(tx, ctx.actor.organisation))
    if (!kept) throw fault('NOT_FOUND')
    const shown = ctx.query['shown'] === 'yes' && kept.type !== 'application/pdf'
    return { file: { body: kept.bytes, type: kept.type, ...(!shown && { name: kept.name }) } }
  },
})

function LogoPage({ ctx, form, kept }: { ctx: SignedCtx; form: FormState; kept: Kept }): VNode {
  const words = starWords(ctx.lang)
  const say = words.logo
  return (
    <StarsPage ctx={ctx} title={say.title} form={form}>
      <p class="mm-lead">{say.lead}</p>
      <p>{say.rules}</p>
      <p>
        <OutLink href={ipaSite} text={words.ipaSite} lang={ctx.lang} />
      </p>
      <Section id="kept" head={say.kept}>
        {kept === undefined ? <p>{say.none}</p> : <KeptFile ctx={ctx} kept={kept} />}
      </Section>
      {mayDeclare(ctx.actor) ? (
        <UploadForm ctx={ctx} form={form} />
      ) : (
        <p class="mm-note">{words.ownerOnly}</p>
      )}
    </StarsPage>
  )
}

function UploadForm({ ctx, form }: { ctx: SignedCtx; form: FormState }): VNode {
  const say = starWords(ctx.lang).logo
  const error = form.errors.find((one) => one.field === 'file')?.text
  return (
    <form class="mm-form mm-section" method="post" action="/stars/logo" encType="multipart/form-data">
      <div class="mm-field" data-error={error !== undefined || undefined}>
        <label class="mm-field__label" for="f-file">
          {say.label}
        </label>
        <span class="mm-field__help" id="f-file-help">
          {say.help}
        </span>
        {error !== undefined && (
          <span class="mm-field__error" id="f-file-error">
            ＊{error}
          </span>
        )}
        <input
          class="mm-input"
          id="f-file"
          name="file"
          type="file"
          accept="image/png,image/jpeg,application/pdf"
          aria-describedby={error === undefined ? 'f-file-help' : 'f-file-help f-file-error'}
        />
      </div>
      <div class="mm-cluster">
        <button class="mm-button" data-size="lg">
          {say.submit}
        </button>
      </div>
    </form>
  )
}

function KeptFile({ ctx, kept }: { ctx: SignedCtx; kept: Omit<Logo, 'bytes'> }): VNode {
  const say = starWords(ctx.lang).logo
  return (
    <>
      {kept.type !== 'application/pdf' && (
        <p>
          <img src="/stars/logo/file?shown=yes" alt={say.alt} width="160" />
        </p>
      )}
      <p>
        <a class="mm-link" href="/stars/logo/file">
          {say.open}
        </a>{' '}
        {kept.name}・{say.keptOn(sayTime({ lang: ctx.lang, now: ctx.now }, kept.keptAt, 'day'))}
      </p>
      <p class="mm-note">{say.only}</p>
      {mayDeclare(ctx.actor) && (
        <ActForm action="/stars/logo/removal" submit={say.remove} kind="secondary" size="md" />
      )}
    </>
  )
}
