import JSON
import Testing

@testable import Ingest

@Suite struct TemplateTests {
    @Test(arguments: [
        ("a", "a"), ("{{a}}", "1"), ("{{ b.c }}!", "x!"), ("{{{b}}}", #"{"c":"x"}"#), ("{{l.1}}", "8"), ("{{zz}}", ""), ("{{", "{{"), ("{{a}", "{{a}"),
        ("{{! note }}x", "x"), ("{{{a}}}{{a}}", "11"), ("{{_id}}", "1"), ("{{}}", ""),
    ])
    func renders(_ template: String, _ expected: String) throws {
        #expect(Template(template).render(try document(#"{"a":1,"b":{"c":"x"},"l":[7,8]}"#)) == expected)
    }
}
