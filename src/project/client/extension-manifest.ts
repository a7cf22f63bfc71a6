import { isRecord, stringsOf, type JsonRecord } from '../graph/manifest.ts';

export interface ManifestEntry { readonly path: string; readonly reason: string }

/**
 * The programs and pages that the `manifest.json` of a browser extension names, relative to it
 * (https://developer.chrome.com/docs/extensions/reference/manifest). The background worker is packed like all else.
 */
export function extensionEntries(manifest: JsonRecord): ManifestEntry[] {
  const entries: ManifestEntry[] = [];
  const add = (reason: string, ...values: readonly unknown[]): void => {
    for (const path of values.flatMap(stringsOf)) entries.push({ path: path.replace(/^\//, ''), reason });
  };
  for (const content of Array.isArray(manifest['content_scripts']) ? manifest['content_scripts'] : []) {
    if (isRecord(content)) add('content script of a browser extension', content['js']);
  }
  const background = manifest['background'];
  if (isRecord(background)) add('background script of a browser extension', background['service_worker'], background['scripts'], background['page']);
  for (const key of ['action', 'browser_action', 'page_action', 'sidebar_action']) {
    const action = manifest[key];
    if (isRecord(action)) add('popup of a browser extension', action['default_popup'], action['default_panel']);
  }
  const options = manifest['options_ui'];
  add('options page of a browser extension', manifest['options_page'], isRecord(options) ? options['page'] : undefined);
  add('page of a browser extension', manifest['devtools_page'], field(manifest['side_panel'], 'default_path'), ...values(manifest['chrome_url_overrides']), field(manifest['sandbox'], 'pages'));
  for (const resource of Array.isArray(manifest['web_accessible_resources']) ? manifest['web_accessible_resources'] : []) {
    add('resource of a browser extension', typeof resource === 'string' ? resource : field(resource, 'resources'));
  }
  return entries;
}

function field(value: unknown, key: string): unknown {
  return isRecord(value) ? value[key] : undefined;
}

function values(value: unknown): unknown[] {
  return isRecord(value) ? Object.values(value) : [];
}
