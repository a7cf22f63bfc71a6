import type { KeyOptions } from './key-options.ts';
import { wordsOf, withoutPublicPrefix } from './names.ts';

/** The part of {@link KeyOptions} that says which further hosts are Hilt's. */
export type HostOptions = Pick<KeyOptions, 'hosts'>;

/** Hilt's own domain. The API has one base URL for live and sandbox; the key decides. */
export const hiltDomain = 'hilt.so';

/** Where the SDKs send requests when no `baseUrl` is given. */
export const defaultBaseUrl = 'https://api.hilt.so';

/**
 * Whether a host name (with or without a port, any case) is `hilt.so`, one below it, or one of `options.hosts`
 * (which may begin with `*.` for everything below a domain).
 */
export function isHiltHost(host: string, options: HostOptions): boolean {
  const full = host.toLowerCase().replace(/\.(?=:|$)/, '');
  const name = full.replace(/:\d+$/, '');
  if (name === hiltDomain || name.endsWith(`.${hiltDomain}`)) return true;
  return options.hosts.some((entry) => {
    const wanted = entry.toLowerCase();
    if (wanted.startsWith('*.')) return name.endsWith(wanted.slice(1)) && name.length > wanted.length - 1;
    return wanted === name || wanted === full;
  });
}

/** The host of an absolute or protocol-relative URL (`api.hilt.so`, with its port), or `undefined` where there is none. */
export function hostOf(url: string): string | undefined {
  const match = /^\s*(?:(?:https?|wss?):)?[\\/]{2}(?:[^/?#@\\]*@)?([^/?#@\\]+)/i.exec(url);
  return match?.[1]?.toLowerCase();
}

/** Whether an absolute URL goes to Hilt. */
export function isHiltUrl(url: string, options: HostOptions): boolean {
  const host = hostOf(url);
  return host !== undefined && isHiltHost(host, options);
}

/** Whether a variable of that name holds the base URL of Hilt's API: `HILT_API_URL`, `HILT_BASE_URL`, `HILT_HOST`, … */
export function isBaseUrlName(name: string): boolean {
  const words = wordsOf(withoutPublicPrefix(name));
  const hilt = words.indexOf('HILT');
  if (hilt < 0 || !/^[A-Z][A-Z0-9_]*$/.test(name)) return false;
  const rest = words.slice(hilt + 1);
  if (rest.some((word) => ['WEBHOOK', 'CALLBACK', 'REDIRECT', 'RETURN', 'SUCCESS', 'CANCEL', 'IMAGE', 'LOGO', 'DOCS'].includes(word))) return false;
  return /^(?:URL|URI|HOST|BASE|ENDPOINT|ORIGIN)$/.test(rest.at(-1) ?? '');
}
