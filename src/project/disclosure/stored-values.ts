import type { AssignUse } from '../../syntax/module-summary.ts';
import type { Instance } from '../instances.ts';
import type { Project } from '../project.ts';
import { chainsOf, type Chain } from '../requests/chain.ts';
import { calleeName, type Lazy } from '../resolved.ts';

/** What a program keeps on the device of whoever uses it, readable to every script there. */
export interface Stored { readonly name: string; readonly values: readonly Lazy[] }

/** Stores of browsers and apps, by package and by the functions that write; what encrypts (`expo-secure-store`) is none. */
const stores: readonly { readonly specifier: RegExp; readonly names: RegExp }[] = [
  { specifier: /^(?:js-cookie|universal-cookie|react-native-mmkv|store2|store|electron-store|@react-native-cookies\/cookies)$/, names: /^(?:set|setJSON|setAll)$/ },
  { specifier: /^(?:react-cookie|cookies-next(?:\/.*)?|nookies|typescript-cookie|cookie-universal)$/, names: /^(?:set|setCookie)$/ },
  { specifier: /^idb-keyval$/, names: /^(?:set|setMany|update)$/ },
  { specifier: /^(?:localforage|@react-native-async-storage\/async-storage|react-native-async-storage)$/, names: /^(?:setItem|multiSet|mergeItem|multiMerge)$/ },
  { specifier: /^@capacitor\/(?:preferences|storage)$/, names: /^set$/ },
];

/** The same of what browsers bring: `localStorage.setItem`, `cookieStore.set`, `chrome.storage.local.set`. */
const globalStores = /^(?:localStorage\.setItem|sessionStorage\.setItem|cookieStore\.set|(?:chrome|browser)\.storage\.\w+\.set)$/;

/** `localStorage.setItem("k", value)`, `Cookies.set("k", value)`. */
export function storedByCall({ root, path }: Chain, packageName: string | undefined, args: readonly Lazy[]): Stored | undefined {
  const name = path.join('.');
  if (root.kind === 'global') return globalStores.test(name) ? { name, values: args } : undefined;
  const method = path.at(-1) ?? '';
  const isStore = packageName !== undefined && stores.some(({ specifier, names }) => specifier.test(packageName) && names.test(method));
  return isStore ? { name: packageName, values: args } : undefined;
}

/** `localStorage.key = value`, `document.cookie = "k=" + value`, Nuxt's `useCookie("k").value = value`. */
export function storedByWrite(project: Project, use: AssignUse, { module, frame }: Instance): Stored | undefined {
  const values: readonly Lazy[] = [{ module, value: use.value, frame, at: use.valueAt }];
  for (const { root, path } of chainsOf(project, project.evaluator.head({ module, value: use.object, frame, at: use.at }))) {
    const name = path.join('.');
    if (root.kind === 'global' && (name === 'localStorage' || name === 'sessionStorage')) return { name, values };
    const property = project.evaluator.head({ module, value: use.property, frame, at: use.at });
    if (property.kind !== 'text') continue;
    if (root.kind === 'global' && name === 'document' && property.text === 'cookie') return { name: 'document.cookie', values };
    if (root.kind === 'call' && path.length === 0 && property.text === 'value' && calleeName(root.callee) === 'useCookie') return { name: 'useCookie', values };
  }
  return undefined;
}
