import type { Seal } from '../seal/index.ts'

/**
 * Who signs: `did:web` of the installation's address (did:web method, 2.1). The name of the host is the identity, so it
 * is kept for good; a port is written as `%3A8080`, a path as `:path`.
 */
export function issuerOf(baseUrl: string): string {
  const { host, pathname } = new URL(baseUrl)
  const path = pathname.split('/').filter((part) => part !== '')
  return ['did:web', encodeURIComponent(host), ...path.map(encodeURIComponent)].join(':')
}

/** The DID document: every key that is still believed may have signed a badge. */
export async function didDocument(seal: Seal, baseUrl: string): Promise<Readonly<Record<string, unknown>>> {
  const id = issuerOf(baseUrl)
  const { keys } = await seal.publicKeys()
  const methods = keys.map((key) => ({
    id: `${id}#${String(key['kid'])}`,
    type: 'JsonWebKey2020',
    controller: id,
    publicKeyJwk: key,
  }))
  return {
    '@context': ['https://www.w3.org/ns/did/v1', 'https://w3id.org/security/suites/jws-2020/v1'],
    id,
    verificationMethod: methods,
    assertionMethod: methods.map((method) => method.id),
  }
}
