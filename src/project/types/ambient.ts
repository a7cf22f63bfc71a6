/** The name under which the declarations below join a program; it is no file. */
export const ambientFile = '__hilt-guard__.d.ts';

/**
 * What the checker is told of packages, installed or not: the class and the options of the SDK by their names (hilt-sdk-js 1.4.0,
 * `client.ts`), and of libraries that hand a type through what goes through them. Their own declarations take seconds to load.
 */
export const ambientDeclarations = `
declare module '@hiltpay/sdk' {
  export interface HiltClientOptions { apiKey?: string; bearerToken?: string; baseUrl?: string; timeoutMs?: number; fetch?: any; userAgent?: string }
  export class HiltClient {
    private readonly hiltClientOfTheSdk: true;
    constructor(options?: HiltClientOptions);
    readonly products: any; readonly memberships: any; readonly receipts: any; readonly support: any; readonly payApi: any; readonly access: any;
    readonly checkout: any; readonly payments: any; readonly webhooks: any;
    request(path: string, options?: any): Promise<any>;
  }
}
declare module 'react' {
  export interface Context<T> { readonly held: T; Provider: any; Consumer: any }
  export function createContext<T>(initial: T): Context<T>;
  export function useContext<T>(context: Context<T>): T;
  export function use<T>(held: Context<T> | Promise<T>): T;
  export function useRef<T>(initial: T): { current: T };
  export function useState<T>(initial: T | (() => T)): [T, (next: T) => void];
  export function useMemo<T>(make: () => T, of: readonly unknown[]): T;
  export function useCallback<T>(call: T, of: readonly unknown[]): T;
}
declare module 'vue' {
  export interface InjectionKey<T> { readonly held: T }
  export interface Ref<T> { value: T }
  export function inject<T>(key: InjectionKey<T> | string, otherwise?: T): T | undefined;
  export function ref<T>(value: T): Ref<T>;
  export function shallowRef<T>(value: T): Ref<T>;
  export function computed<T>(get: () => T): Ref<T>;
}
declare module 'svelte' { export function getContext<T>(key: any): T }
declare module '@angular/core' {
  export interface Type<T> { new (...args: any[]): T }
  export class InjectionToken<T> { readonly held: T; constructor(name: string, options?: { factory?: () => T }) }
  export function inject<T>(token: Type<T> | InjectionToken<T>): T;
}
declare module 'awilix' {
  export interface Resolver<T> { readonly held: T; singleton(): this; scoped(): this }
  export interface AwilixContainer<C> { cradle: C; resolve<K extends keyof C>(name: K): C[K]; register(entries: { [K in keyof C]?: Resolver<C[K]> }): this }
  export function createContainer<C = any>(options?: any): AwilixContainer<C>;
  export function asValue<T>(value: T): Resolver<T>;
  export function asFunction<T>(make: (...args: any[]) => T): Resolver<T>;
  export function asClass<T>(type: new (...args: any[]) => T): Resolver<T>;
}
declare module 'vitest' { export function inject(key: string): any }
`;
