import type { RouteAuth } from '../../hilt/routes.ts';
import type { ModuleSummary } from '../../syntax/module-summary.ts';
import type { Frame, Lazy, Place, Resolved } from '../resolved.ts';
import type { Inbound } from './inbound-headers.ts';

/**
 * Where a request goes. `hilt`: to Hilt's API for certain; `probably-hilt`: to a base that only its name says is Hilt's;
 * `own`: a relative URL or the program's own application; `local`: this machine or a name reserved for tests; `unknown`: the code does not tell.
 */
export type HostKind = 'hilt' | 'probably-hilt' | 'other' | 'own' | 'local' | 'unknown';

/** A part of a URL that is no constant text. */
export interface UrlValue {
  readonly section: 'userinfo' | 'host' | 'path' | 'query';
  /** The parameter's name, for `query`. */
  readonly name?: string;
  readonly value: Resolved;
  /** Where it was put into a query that is an object of its own (`new URLSearchParams({ … })`). */
  readonly place?: Place;
}

export interface UrlParts {
  readonly host: HostKind;
  /** Host name as far as it is known, for messages. */
  readonly hostName: string | undefined;
  /** Hosts of others to which it may go as well, where `host` is not `other`: `process.env.HILT_API_URL ?? "https://proxy.acme.io"`. */
  readonly otherHosts: readonly string[];
  /** Paths that it may have, with `{}` for each unknown part; empty where nothing of it is known. */
  readonly paths: readonly string[];
  readonly values: readonly UrlValue[];
  /** Whether it depends on a parameter that no caller in view fills. */
  readonly isOpen: boolean;
  readonly place: Place | undefined;
}

export interface Header {
  /** In lower case. */
  readonly name: string;
  readonly value: Lazy;
  /** The property or the call that sets it. */
  readonly place: Place;
  /** Whether `place` is one property of an object literal, so that a rewrite can replace it. */
  readonly isProperty: boolean;
}

/** A named part of a query or a body. */
export interface Field { readonly name: string | undefined; readonly value: Lazy; readonly place: Place }

export type CredentialKind =
  /** A `Cookie` header, a `cookies` option. */
  | 'cookie'
  /** A jar, an agent or a session that keeps cookies. */
  | 'cookie-jar'
  /** `credentials: "include"`. */
  | 'credentials-include'
  /** `withCredentials: true`. */
  | 'with-credentials'
  /** A browser's stored state, or cookies set in a controlled browser. */
  | 'browser-cookies'
  | 'bearer'
  | 'basic'
  /** An `Authorization` header whose scheme cannot be told. */
  | 'authorization'
  /** `X-Hilt-Key`. */
  | 'key-header';

export interface Credential {
  readonly kind: CredentialKind;
  /** As the code names it: `Cookie`, `credentials`, `bearerToken of HiltClient`. */
  readonly name: string;
  /** The credential without its scheme, where the code shows it. */
  readonly value: Resolved | undefined;
  readonly place: Place;
  readonly isProperty: boolean;
  /** Whether it is known to go along; default yes. */
  readonly confidence: 'certain' | 'possible';
}

/** One request that a program makes, with what instances, interceptors and wrappers add to it. */
export interface Request {
  /** In capitals; `undefined` where the code does not tell. */
  readonly method: string | undefined;
  readonly url: UrlParts;
  readonly headers: readonly Header[];
  readonly credentials: readonly Credential[];
  /** Headers of a handler's own caller that go along. */
  readonly inbound?: Inbound;
  readonly query: readonly Field[];
  readonly body: readonly Field[];
  /** What it authenticates with at Hilt; `unknown` for a route that Hilt does not document or the code does not tell. */
  readonly auth: RouteAuth | 'unknown';
  /** Method and path in words, or the SDK's method: `GET /v1/products`, `products.list`. */
  readonly label: string;
  readonly place: Place;
  /** The calls of wrappers that lead to it from the asked module, outermost first. */
  readonly calls: readonly Place[];
  /** Whether something unknown is spread into its options. */
  readonly isOpen: boolean;
  /** Whether a caller that is not in view gives options or headers. */
  readonly isGiven?: true;
  /** Whether it is made through `HiltClient`. */
  readonly isSdk: boolean;
  /** Made by a method of an object that the asked module makes, whether or not it calls the method. */
  readonly isOfInstance?: true;
  /** The calls that made the client which sends it. */
  readonly madeBy?: readonly Place[];
  /** No request, but a client that is made for a host: what each of its requests will carry. */
  readonly isSetUp?: true;
}

/** One call, with the arguments of the calls that lead to it. */
export interface Site {
  readonly module: ModuleSummary;
  readonly frame: Frame | undefined;
  readonly args: readonly Lazy[];
  readonly place: Place;
  readonly calls: readonly Place[];
}
