import JSON
import Testing

@testable import Scripts

struct MustacheTemplateTests {
    private func render(
        _ template: String, _ parameters: JSONMembers = [:], _ escaping: MustacheTemplate.Escaping = .json
    ) throws(MustacheError) -> String {
        try MustacheTemplate(template).render(parameters, escaping: escaping)
    }

    private static let parameters: JSONMembers = [
        "s": "a \"b\"\n", "n": 3, "d": 1.5, "yes": true, "no": false, "nothing": nil, "empty": [], "blank": "",
        "list": ["x", "y z"], "objects": [["name": "a"], ["name": "b", "last": true]], "o": ["p": ["q": [5, 6]]],
    ]

    @Test(arguments: [
        ("{{s}}", #"a \"b\"\n"#), ("{{{s}}}", "a \"b\"\n"), ("{{&s}}", "a \"b\"\n"), ("{{ n }}|{{d}}|{{yes}}|{{nothing}}|{{x}}", "3|1.5|true||"),
        ("{{o.p.q.1}}{{list.0}}{{list.size}}{{o.x.y}}{{list.7}}", "6x2"), ("{{list}}{{o}}", "[x, y z]{p={q=[5, 6]}}"),
        ("{{#yes}}a{{/yes}}{{#no}}b{{/no}}{{^no}}c{{/no}}{{^x}}d{{/x}}{{#blank}}e{{/blank}}{{^empty}}f{{/empty}}", "acdf"),
        ("{{#list}}<{{.}}>{{/list}}", "<x><y z>"), ("{{#objects}}{{name}}{{n}}{{^last}},{{/last}}{{/objects}}", "a3,b3"),
        ("{{#o}}{{#p}}{{q.0}}{{/p}}{{/o}}", "5"), ("a{{! a comment }}b{{> partial}}c", "abc"),
        ("{{=<% %>=}}<%n%>{{n}}<%={{ }}=%>{{n}}", "3{{n}}3"),
        ("{{#toJson}}list{{/toJson}}{{#toJson}}o{{/toJson}}{{#toJson}}x{{/toJson}}", #"["x","y z"]{"p":{"q":[5,6]}}"#),
        ("{{#objects}}{{#toJson}}.{{/toJson}}{{/objects}}", #"{"name":"a"}{"name":"b","last":true}"#),
        ("{{#join}}list{{/join}} {{#join delimiter='||'}}list{{/join delimiter='||'}} {{#join}}n{{/join}}", "x,y z x||y z 3"),
        ("{{#url}}{{#join}}list{{/join}}/<é>{{/url}}", "x%2Cy+z%2F%3C%C3%A9%3E"), ("", ""), ("no tag }}", "no tag }}"),
    ])
    func filledIn(_ template: String, _ expected: String) throws {
        #expect(try render(template, Self.parameters) == expected)
    }

    @Test func escapingIsTheMediaTypes() throws {
        #expect(try render("{{v}}", ["v": "a b\"&"], .none) == "a b\"&")
        #expect(try render("{{v}}", ["v": "a b\"&"], .form) == "a+b%22%26")
    }

    @Test(arguments: [
        ("{{x", MustacheError.unclosedTag(line: 1)), ("a\n{{{x}}", .unclosedTag(line: 2)), ("{{#a}}x", .unclosedSection("a", line: 1)),
        ("{{#a}}{{/b}}", .mismatchedSection("a", "b", line: 1)), ("{{/a}}", .mismatchedSection("", "a", line: 1)),
        ("{{#toJson}}{{a}}{{/toJson}}", .functionArgument("toJson")), ("{{#join}}{{/join}}", .functionArgument("join")),
        (String(repeating: "{{#a}}", count: 100), .tooComplex),
    ])
    func refused(_ template: String, _ error: MustacheError) {
        #expect(throws: error) { try MustacheTemplate(template) }
    }

    @Test func whatGrowsWithoutEndIsStopped() throws {
        let list = JSONValue.array([JSONValue](repeating: 1, count: 200))
        let template = "{{#l}}{{#l}}{{#l}}{{#l}}x{{/l}}{{/l}}{{/l}}{{/l}}"
        #expect(throws: MustacheError.tooComplex) { try render(template, ["l": list]) }
    }

    @Test func damagedTemplatesNeverTrap() {
        let template = Array("{{#a}}{{{b}}}{{=<% %>=}}<%#join delimiter='x'%>c<%/join delimiter='x'%>{{/a}}é".utf8)
        var state: UInt64 = 1
        func next(_ bound: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % bound
        }
        for _ in 0..<3000 {
            var bytes = template
            for _ in 0...next(4) {
                switch next(3) {
                case 0: bytes[next(bytes.count)] = UInt8(next(256))
                case 1: bytes.remove(at: next(bytes.count))
                default: bytes.insert(UInt8(ascii: "{"), at: next(bytes.count))
                }
            }
            _ = try? render(String(decoding: bytes, as: UTF8.self), ["a": [1, 2], "b": "x", "c": ["y"]])
        }
    }
}
