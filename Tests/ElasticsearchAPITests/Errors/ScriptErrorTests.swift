import JSON
import Scripts
import Testing

@testable import ElasticsearchAPI

@Suite struct ScriptErrorTests {
    private func failing(_ source: String) -> ElasticsearchError? {
        do {
            _ = try UpdateScript(Script(source)).run(source: [:], metadata: .init([:]))
            return nil
        } catch {
            return ElasticsearchError(error)
        }
    }

    @Test func compileErrors() throws {
        let error = try #require(failing("ctx._source.foo = ;"))
        #expect(error.status == 400)
        #expect(error.summary == "script_exception: compile error <- illegal_argument_exception: invalid sequence of tokens near [';'].")
        #expect(error.cause.root.type == "script_exception")
        #expect(error.cause.extra["script"] == "ctx._source.foo = ;")
        #expect(error.cause.extra["lang"] == "painless")
        #expect(error.cause.extra["script_stack"] == ["ctx._source.foo = ;", "                  ^---- HERE"])
        #expect(error.cause.extra["position"] == ["offset": 18, "start": 0, "end": 19])
    }

    @Test(arguments: [
        ("ctx._source.a.b = 1", "null_pointer_exception: cannot access method/field [b] from a null def reference"),
        ("ctx._source.a = 1 / 0", "arithmetic_exception: / by zero"),
        ("ctx._source.foo()", "illegal_argument_exception: dynamic method [java.util.HashMap, foo/0] not found"),
        ("throw new IllegalStateException('x')", "illegal_state_exception: x"),
        ("while (true) { def x = 1 }", "painless_error: The maximum number of statements that can be executed in a loop has been reached."),
    ])
    func runtimeErrors(_ source: String, _ cause: String) {
        #expect(failing(source)?.summary == "script_exception: runtime error <- \(cause)")
    }
}
