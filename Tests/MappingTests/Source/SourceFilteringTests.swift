import JSON
import Mapping
import Testing

struct SourceFilteringTests {
    private let source = #"{"a":1,"o":{"x":1,"y":{"z":2}},"list":[{"k":1,"v":[1,2]},{"v":[3]}],"e":{},"d.t":5}"#

    @Test(
        arguments: [
            ([], [], #"{"a":1,"o":{"x":1,"y":{"z":2}},"list":[{"k":1,"v":[1,2]},{"v":[3]}],"e":{},"d.t":5}"#),
            (["a"], [], #"{"a":1}"#), (["o"], [], #"{"o":{"x":1,"y":{"z":2}}}"#),
            (["o.y"], [], #"{"o":{"y":{"z":2}}}"#),
            (["o.*"], ["o.x"], #"{"o":{"y":{"z":2}}}"#), (["*.z"], [], #"{"o":{"y":{"z":2}}}"#),
            ([], ["list.v", "o", "e", "d.t"], #"{"a":1,"list":[{"k":1},{}]}"#),
            (["list.k"], [], #"{"list":[{"k":1}]}"#),
            (["nothing"], [], "{}"), ([], ["*"], "{}"), (["d.t"], [], #"{"d.t":5}"#),
            (["a", "list.v"], ["list"], #"{"a":1}"#),
            (["l*"], ["*.k"], #"{"list":[{"v":[1,2]},{"v":[3]}]}"#),
        ] as [([String], [String], String)])
    func patternsChoose(includes: [String], excludes: [String], expected: String) throws {
        let filtered = SourceFiltering(includes: includes, excludes: excludes).filter(
            try JSONDocument(parsing: source).root)
        #expect(filtered.text == expected)
    }
}
