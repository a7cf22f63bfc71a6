import { describe, expect, it } from 'vitest';
import { clientFindings as found } from '../../support/client-findings.ts';

const site = { 'manage.py': '', 'shop/templates/pay.html': '<script>window.key = "{{ hilt_key }}";</script>' };
const view = (body: string, more: Record<string, string> = {}): string[] => found({ ...site, 'shop/views.py': `import os\nKEY = os.environ["HILT_API_KEY"]\nclass Pay(TemplateView):\n    template_name = "pay.html"\n${body.replace(/^/gm, '    ')}`, ...more });
const added = (statement: string): string => `def get_context_data(self, **kwargs):\n    context = super().get_context_data(**kwargs)\n    ${statement}\n    return context`;

describe('a template of a class of Django shows', () => {
  it('what its context has', () => expect(view(added('context["hilt_key"] = KEY'))).toEqual(['shop/views.py:7 value']));
  it('what its context is updated with', () => expect(view(added('context.update({"hilt_key": KEY})'))).toEqual(['shop/views.py:7 value']));
  it('what the context is made of', () => expect(view('def get_context_data(self, **kwargs):\n    return {**super().get_context_data(**kwargs), "hilt_key": KEY}')).toEqual(['shop/views.py:6 value']));
  it('what the context above is given', () => expect(view('def get_context_data(self, **kwargs):\n    return super().get_context_data(hilt_key=KEY, **kwargs)')).toEqual(['shop/views.py:6 value']));
  it('its extra context', () => expect(view('extra_context = {"hilt_key": KEY}')).toEqual(['shop/views.py:5 value']));
  it('the extra context of a route', () => expect(found({ ...site, 'shop/urls.py': 'import os\nurlpatterns = [path("", TemplateView.as_view(template_name="pay.html", extra_context={"hilt_key": os.environ["HILT_API_KEY"]}))]' })).toEqual(['shop/urls.py:2 value']));
  it('what a context processor adds that the settings name', () => {
    const files = { ...site, 'shop/context.py': 'import os\ndef hilt(request):\n    return {"hilt_key": os.environ["HILT_API_KEY"]}' };
    expect(found({ ...files, 'shop/settings.py': 'TEMPLATES = [{"OPTIONS": {"context_processors": ["django.x", "shop.context.hilt"]}}]' })).toEqual(['shop/context.py:3 value']);
    expect(found({ ...files, 'shop/settings.py': 'TEMPLATES = [{"OPTIONS": {"context_processors": ["django.x"]}}]' })).toEqual([]);
  });

  it('not what is asked with the key', () => expect(view(added('context["hilt_key"] = requests.get("https://api.hilt.so/v1/products", headers={"X-Hilt-Key": KEY}).json()'))).toEqual([]));
  it('not a name that it does not have', () => expect(view(added('context["other"] = KEY'))).toEqual([]));
  it('not what another class gives its own template', () => expect(view('template_name = "other.html"\nextra_context = {"hilt_key": KEY}', { 'shop/templates/other.html': '<p>{{ title }}</p>' })).toEqual([]));
});
