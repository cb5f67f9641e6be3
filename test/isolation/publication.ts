/** What the buttons of the published page and of the check of wording send. No name server knows the address. */
export function publicationForms(): Record<string, Record<string, string>> {
  return {
    '/policy/page': { url: 'https://policy.invalid/', publishedOn: '2026-04-01' },
    '/policy/page/check': {},
    '/policy/page/hosted': {},
    '/wording': { text: '二つ星を宣言しています' },
  }
}
