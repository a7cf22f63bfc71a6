import { describe, expect, it } from 'vitest';
import { clientFindings as found, requestWith } from '../../support/client-findings.ts';

const key = 'import.meta.env.VITE_HILT_API_KEY';
const vite = { 'package.json': '{"devDependencies":{"vite":"7.1.0"}}', 'index.html': '<script type="module" src="/src/main.ts"></script>', 'src/main.ts': "import { createApp } from 'vue';\nimport App from './App.vue';\nimport store from './store';\ncreateApp(App).use(store).mount('#app');\n" };

/** A component of Vue whose method sends `value`, with further options. */
function component(value: string, options = '', imports = ''): Record<string, string> {
  return { 'src/App.vue': `<script>\n${imports}\nexport default {\n${options}\n  methods: { pay() { return ${requestWith(value)}; } },\n};\n</script>\n<template><b @click="pay" /></template>\n` };
}

describe('what `this` gives in a component of Vue is found where it comes from', () => {
  it.each([
    ['data of a mixin', component('this.key', '  mixins: [hilt],', "import hilt from './store';"), `export default {\n  data: () => ({ key: ${key} }),\n};`, 'src/store.ts:2 value'],
    ['a computed property of what it extends', component('this.key', '  extends: hilt,', "import hilt from './store';"), `export default {\n  computed: { key() { return ${key}; } },\n};`, 'src/store.ts:2 value'],
    ['a state of Pinia by `mapState`', component('this.key', "  computed: { ...mapState(useShop, ['key']) },", "import { mapState } from 'pinia';\nimport { useShop } from './store';"), `import { defineStore } from 'pinia';\nexport const useShop = defineStore('shop', { state: () => ({ key: ${key} }) });\nexport default {};`, 'src/store.ts:2 value'],
    ['a state of Vuex by `mapState`', component('this.key', "  computed: { ...mapState(['key']) },", "import { mapState } from 'vuex';"), `import { createStore } from 'vuex';\nexport default createStore({ state: { key: ${key} } });`, 'src/store.ts:2 value'],
    ['a state of a module of Vuex', component('this.hiltKey', "  computed: { ...mapState('shop', { hiltKey: (state) => state.key }) },", "import { mapState } from 'vuex';"), `import { createStore } from 'vuex';\nexport default createStore({ modules: { shop: { namespaced: true, state: () => ({ key: ${key} }) } } });`, 'src/store.ts:2 value'],
    ['a getter of Vuex', component('this.key', "  computed: { ...mapGetters(['key']) },", "import { mapGetters } from 'vuex';"), `import { createStore } from 'vuex';\nexport default createStore({ state: { hilt: { key: ${key} } }, getters: { key: (state) => state.hilt.key } });`, 'src/store.ts:2 value'],
    ['the store of Vuex', component('this.$store.state.key'), `import Vuex from 'vuex';\nexport default new Vuex.Store({ state: { key: ${key} } });`, 'src/store.ts:2 value'],
    ['a property of all components', component('this.$key'), `import { app } from './app';\napp.config.globalProperties.$key = ${key};\nexport default {};`, 'src/store.ts:2 value'],
  ])('%s', (_, files, store, finding) => expect(found({ ...vite, ...files, 'src/store.ts': store })).toEqual([finding]));

  it('which is `useStore()` of Vuex outside of options', () => {
    const app = `<script setup>\nimport { useStore } from 'vuex';\nconst store = useStore();\nconst pay = () => ${requestWith('store.state.key')};\n</script>`;
    expect(found({ ...vite, 'src/App.vue': app, 'src/store.ts': `import { createStore } from 'vuex';\nexport default createStore({ state: { key: ${key} } });` })).toEqual(['src/store.ts:2 value']);
  });

  it.each([
    ['another name of the state', component('this.key', "  computed: { ...mapState(['key']) },", "import { mapState } from 'vuex';"), `import { createStore } from 'vuex';\nexport default createStore({ state: { other: ${key} } });`],
    ['a mixin that begins empty', component('this.key', '  mixins: [hilt],', "import hilt from './store';"), `export const other = ${key};\nexport default { data: () => ({ key: location.hash }) };`],
  ])('and stays a finding at the slot otherwise: %s', (_, files, store) => {
    expect(found({ ...vite, ...files, 'src/store.ts': store }).filter((finding) => finding.startsWith('src/App.vue'))).toEqual(['src/App.vue:5 code']);
  });
});
