import Testing

@testable import Indices

@Suite struct IndexNameTests {
    @Test(arguments: ["a", "my-index_2", ".hidden", "日本", String(repeating: "x", count: 255)])
    func accepts(_ name: String) {
        #expect(throws: Never.self) { try IndexName.validate(name) }
    }

    @Test(arguments: [
        ("", "must not be empty"), ("A", "must be lowercase"), ("_a", "must not start with '_', '-', or '+'"),
        ("-a", "must not start with '_', '-', or '+'"), ("a:b", "must not contain ':'"), ("a#b", "must not contain '#'"),
        ("..", "must not be '.' or '..'"),
        ("a b", "must not contain the following characters ['\\','/','*','?','\"','<','>','|',' ',',']"),
        ("a/../b", "must not contain the following characters ['\\','/','*','?','\"','<','>','|',' ',',']"),
        (String(repeating: "é", count: 128), "index name is too long, (256 > 255)"),
    ])
    func refuses(_ name: String, _ reason: String) {
        #expect {
            try IndexName.validate(name)
        } throws: {
            guard case IndicesError.invalidIndexName(name, let given) = $0 else { return false }
            return given == reason
        }
    }
}
