import type { Probe } from '../harness/probe.ts';

const show = `import { show } from '../../show.js';\n`;

/** What Expo adds to Metro. */
export const expoShapes: readonly Probe[] = [
  { id: 'platform-file', about: 'A file for this platform, and one for another.', bare: ['web'], files: { 'main.js': `import { key } from './keys';\n${show}show(key);\n`, 'keys.web.js': `export const key = '{{key:web}}';\n`, 'keys.js': `export const key = '{{key:other}}';\n` } },
  { id: 'platform-os', about: 'A branch by `Platform.OS`.', files: { 'main.js': `import { Platform } from 'react-native';\n${show}if (Platform.OS === 'ios') {\n  show('{{key}}');\n}\n` } },
  { id: 'extra-read', about: '`extra` of app.config, which a module reads.', files: { 'main.js': `import Constants from 'expo-constants';\n${show}show(Constants.expoConfig.extra.hiltKey);\n` }, root: { 'app.config.js': `export default {
  expo: {
    name: 'shop',
    slug: 'shop',
    platforms: ['web'],
    web: { bundler: 'metro', output: 'single' },
    extra: { hiltKey: '{{key:read}}', spare: '{{key:unread}}', fromEnvironment: process.env.{{var:environment}} },
    hooks: { postPublish: [{ file: 'x', config: { key: '{{key:hook}}' } }] },
  },
};
` } },
];
