import { describe, expect, it } from 'vitest';
import { clientFindings as found, packageWith, requestWith } from '../../support/client-findings.ts';

const app = { 'package.json': packageWith('gatsby', 'react', 'react-dom') };
const config = { ...app, 'gatsby-config.js': 'module.exports = {\n  siteMetadata: { title: "Shop", hilt: { key: process.env.HILT_API_KEY, mode: "live" } },\n  plugins: [{ resolve: "gatsby-source-hilt", options: { key: process.env.HILT_API_KEY } }],\n};' };

describe('data that Gatsby keeps with its pages', () => {
  it('holds the metadata that a page asks for', () => expect(found({
    ...config, 'src/pages/index.js': `import { graphql } from "gatsby";\nexport default ({ data }) => <b onClick={() => ${requestWith('data.site.siteMetadata.hilt.key')}} />;\nexport const query = graphql\`{ site { siteMetadata { hilt { key } } } }\`;`,
  })).toEqual(['gatsby-config.js:2 value']));
  it('holds the metadata that a component asks for', () => expect(found({
    ...config, 'src/pages/index.js': 'import { Pay } from "../pay";\nexport default () => <Pay />;',
    'src/pay.js': `import { graphql, useStaticQuery } from "gatsby";\nexport const Pay = () => { const { site } = useStaticQuery(graphql\`{ site { siteMetadata { hilt { key } } } }\`); return <b onClick={() => ${requestWith('site.siteMetadata.hilt.key')}} />; };`,
  })).toEqual(['gatsby-config.js:2 value']));
  it('does not hold what no query names', () => expect(found({ ...config, 'src/pages/index.js': 'export default ({ data }) => <p>{data.site.siteMetadata.title}</p>;\nexport const query = graphql`{ site { siteMetadata { title hilt { mode } } } }`;' })).toEqual([]));
  it('does not hold what the build asks for', () => expect(found({ ...config, 'gatsby-node.js': 'exports.createPages = ({ graphql }) => graphql(`{ site { siteMetadata { hilt { key } } } }`);', 'src/pages/index.js': 'export default () => <p />;' })).toEqual([]));

  it('holds the context of a page, which is told there', () => {
    const node = { ...app, 'gatsby-node.js': 'exports.createPages = ({ actions }) => { actions.createPage({ path: "/", component: "./src/templates/pay.js", context: { hiltKey: process.env.HILT_API_KEY } }); };' };
    expect(found({ ...node, 'src/templates/pay.js': `export default ({ pageContext }) => <b onClick={() => ${requestWith('pageContext.hiltKey')}} />;` })).toEqual(['gatsby-node.js:1 value']);
    expect(found({ ...node, 'src/templates/pay.js': `export default ({ pageContext }) => <b onClick={() => ${requestWith('pageContext.other')}} />;` })).toEqual(['gatsby-node.js:1 value', 'src/templates/pay.js:1 code']);
  });
  it('holds what the server returns for a page, which is told there', () => {
    const page = (returned: string): Record<string, string> => ({ ...app, 'src/pages/pay.js': `export async function getServerData() { return { props: ${returned} }; }\nexport default ({ serverData }) => <b onClick={() => ${requestWith('serverData.key')}} />;` });
    expect(found(page('{ key: process.env.HILT_API_KEY }'))).toEqual(['src/pages/pay.js:1 value']);
    expect(found(page('await load(process.env.HILT_API_KEY)'))).toEqual(['src/pages/pay.js:2 code']);
  });
});
