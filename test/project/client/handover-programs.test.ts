import { describe, expect, it } from 'vitest';
import { clientFindings as found } from '../../support/client-findings.ts';
import { makeKey } from '../../support/keys.ts';

const key = makeKey('live', 'programs');

describe('a template of Go shows', () => {
  const go = (given: string, template: string): string[] => found({ 'main.go': `package main\nfunc pay(c *gin.Context) {\n\tkey := os.Getenv("HILT_API_KEY")\n\t${given}\n}`, 'templates/pay.html': template });
  it('what a map gives it', () => expect(go('c.HTML(200, "pay.html", gin.H{"key": key})', '<b>{{ .key }}</b>')).toEqual(['main.go:4 value']));
  it('what a record gives it', () => expect(go('tmpl.Execute(w, Page{Key: os.Getenv("HILT_API_KEY")})', '<script>const k = {{ .Key | js }}</script>')).toEqual(['main.go:4 value']));
  it('what it calls by another name', () => expect(go('tmpl.Execute(w, Page{Key: key})', '{{ $k := .Key }}<b>{{ $k }}</b>')).toEqual(['main.go:4 value']));
  it('not what it only asks for', () => expect(go('tmpl.Execute(w, Page{Key: key})', '{{ if .Key }}<p>live</p>{{ end }}{{/* .Key */}}')).toEqual([]));
  it('not the property of another value', () => expect(go('tmpl.Execute(w, Page{Key: key})', '<b>{{ .Product.Key }}</b>')).toEqual([]));
  it('not what is sent to Hilt', () => expect(go('request.Header.Set("X-Hilt-Key", key)', '<b>{{ .Key }}</b>')).toEqual([]));
  it('not whether there is a key', () => expect(go('tmpl.Execute(w, Page{Key: key != ""})', '<b>{{ .Key }}</b>')).toEqual([]));
});

describe('a template of Java and Kotlin shows', () => {
  const spring = (statement: string, path: string, template: string): string[] => found({ 'src/main/java/Pay.java': `class Pay {\n  @Value("\${hilt.api-key}") private String hiltKey;\n  String pay(Model model) {\n    ${statement}\n  }\n}`, [path]: template });
  const thymeleaf = 'src/main/resources/templates/pay.html';
  it('what Thymeleaf writes into attributes', () => expect(spring('model.addAttribute("key", hiltKey);', thymeleaf, '<b th:attr="data-key=${key}"></b>')).toEqual(['src/main/java/Pay.java:4 value']));
  it('what Thymeleaf writes into scripts', () => expect(spring('model.addAttribute("key", System.getenv("HILT_API_KEY"));', thymeleaf, '<script th:inline="javascript">const k = /*[[${key}]]*/ "";</script>')).toEqual(['src/main/java/Pay.java:4 value']));
  it('what FreeMarker inserts', () => expect(spring('return new ModelAndView("pay", Map.of("title", "x", "key", hiltKey));', 'src/main/resources/templates/pay.ftlh', '<b>${key}</b>')).toEqual(['src/main/java/Pay.java:4 value']));
  it('what a page of JSP inserts', () => expect(spring('request.setAttribute("key", hiltKey);', 'src/main/webapp/pay.jsp', '<c:out value="${key}"/>')).toEqual(['src/main/java/Pay.java:4 value']));
  it('what a page of JSP reads itself', () => expect(found({ 'pay.jsp': '<%@ page %>\n<% String key = System.getenv("HILT_API_KEY"); %>\n<b><%= key %></b>\n<%-- <%= System.getenv("HILT_API_KEY") %> --%>' })).toEqual(['pay.jsp:2 value']));
  it('not what is only asked for', () => {
    expect(spring('model.addAttribute("key", hiltKey);', thymeleaf, '<b th:if="${key}">live</b><i th:text="${key} ? 1 : 2"></i><u th:text="${#strings.length(key)}"></u><p>${key}</p>')).toEqual([]);
    expect(spring('request.setAttribute("key", hiltKey);', 'src/main/webapp/pay.jsp', '<c:if test="${not empty key}">live</c:if>')).toEqual([]);
  });
  it('not what is compared, or sent to Hilt', () => expect(spring('model.addAttribute("key", hiltKey != null); client.header("X-Hilt-Key", hiltKey);', thymeleaf, '<b th:text="${key}"></b>')).toEqual([]));
  it('not a field with another setting', () => expect(found({ 'Pay.java': '// hilt.so\n@Value("${shop.title}") String title;\nvoid pay(Model model) { model.addAttribute("key", title); }', 'templates/pay.html': '<b th:text="${key}"></b>' })).toEqual([]));
});

it('a template of Phoenix shows what it reads itself, but not what it only asks for', () => expect(found({
  'lib/pay.html.heex': '<b data-key={System.get_env("HILT_API_KEY")}></b>\n<%= System.fetch_env!("HILT_API_KEY") %>\n<%= if System.get_env("HILT_API_KEY") do %>live<% end %>',
})).toEqual(['lib/pay.html.heex:1 value', 'lib/pay.html.heex:2 value']));

describe('a page of Razor shows', () => {
  const mvc = (statement: string, page: string): string[] => found({ 'Controllers/Pay.cs': `class Pay : Controller {\n  IActionResult Index() {\n    ${statement}\n  }\n}`, 'Views/Pay.cshtml': page });
  it('what the bag has', () => expect(mvc('ViewBag.Key = _config["Hilt:ApiKey"];', '<b data-key="@ViewBag.Key"></b>')).toEqual(['Controllers/Pay.cs:3 value']));
  it('what the data has', () => expect(mvc('ViewData["Key"] = Environment.GetEnvironmentVariable("HILT_API_KEY");', '<script>const k = @Html.Raw(Json.Serialize(ViewData["Key"]));</script>')).toEqual(['Controllers/Pay.cs:3 value']));
  it('what its model has', () => expect(mvc('return View(new PayModel { Title = "x", Key = _config["HILT_API_KEY"] });', '@model PayModel\n<input value="@Model.Key">')).toEqual(['Controllers/Pay.cs:3 value']));
  it('what it reads itself', () => expect(found({ 'Pages/Pay.cshtml': '@inject IConfiguration Config\n<script>window.key = "@Config["HILT_API_KEY"]";</script>\n@if (Config["HILT_API_KEY"] != null) { <p>live</p> }' })).toEqual(['Pages/Pay.cshtml:2 value']));
  it('a key that stands in it, but in no comment and no code', () => expect(found({ 'Views/A.cshtml': `@* ${key} *@\n@{ var key = "${key}"; }\n<script>const key = "${key}";</script>` })).toEqual(['Views/A.cshtml:3 value']));
  it('not what it only asks for', () => expect(mvc('ViewBag.Key = _config["Hilt:ApiKey"];', '@if (ViewBag.Key != null) { <p>live</p> }\n@{ var key = ViewBag.Key; }\n@* @ViewBag.Key *@\n<a href="mailto:pay@ViewBag.Key">')).toEqual([]));
  it('not what is sent to Hilt', () => expect(mvc('client.DefaultRequestHeaders.Add("X-Hilt-Key", _config["Hilt:ApiKey"]);', '<b>@ViewBag.Key</b>')).toEqual([]));
});

it('templates without end are read in time', () => expect(['@('.repeat(5_000), '@a.b('.repeat(5_000), '${'.repeat(5_000), '@{'.repeat(5_000), '{{ .Key '.repeat(5_000)].flatMap((text) => found({ 'Pay.cs': 'ViewBag.Key = _config["Hilt:ApiKey"];', 'Views/a.cshtml': text, 'templates/a.html': `th:${text}`, 'a.jsp': text }))).toEqual([]));
