import JSON
import Testing
import TestSupport

@testable import Scripts

/// Values in values: whoever lets go of them goes as deep as they stand in one another.
@Suite struct DepthTests {
    @Test(arguments: [
        "def o = Optional.of(1); for (int i = 0; i < 100000; ++i) { o = Optional.of(o) } return 1",
        "def o = Optional.of(1); for (int i = 0; i < 100000; ++i) { o = [o].stream().findFirst() } return 1",
        "Function f = x -> x; for (int i = 0; i < 100000; ++i) { f = f.andThen(f) } return 1",
        "def c = Comparator.naturalOrder(); for (int i = 0; i < 100000; ++i) { c = c.reversed() } return 1",
        "def c = Collectors.toList(); for (int i = 0; i < 100000; ++i) { c = Collectors.mapping(x -> x, c) } return 1",
    ])
    func chainsEnd(source: String) {
        #expect(thrownCase {
            let script = try ValueScript(Script(source))
            _ = try script.makeRunner().value(NoDocument())
        } == "callsTooDeep")
    }

    @Test func shortOnesDoNot() throws {
        let script = try ValueScript(Script("def o = Optional.of(1); for (int i = 0; i < 50; ++i) { o = Optional.of(o) } return 2"))
        #expect(try script.makeRunner().value(NoDocument()) == 2)
    }

    private struct NoDocument: DocumentValues {
        func values(of field: String) throws(ScriptFault) -> FieldValues? { nil }
    }
}
