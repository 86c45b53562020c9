import JSON
import Testing

@testable import ElasticsearchAPI

@Suite struct TextLocatorTests {
    private static let text = """
        {
          "a": [1, "x,]\\"", {"b": true}],
          "c\\u0064": {"e": null}
        }
        """

    @Test(arguments: [
        (JSONPath.root, false, 1, 1),
        (.key(.root, "a"), true, 2, 3),
        (.key(.root, "a"), false, 2, 8),
        (.index(.key(.root, "a"), 1), false, 2, 12),
        (.key(.index(.key(.root, "a"), 2), "b"), false, 2, 27),
        (.key(.key(.root, "cd"), "e"), false, 3, 20),
    ])
    func finds(_ path: JSONPath, _ atKey: Bool, _ line: Int, _ column: Int) {
        var locator = TextLocator(Self.text.utf8)
        #expect(locator.location(of: path, atKey: atKey) == TextLocation(line: line, column: column))
    }

    @Test func missesWhatIsNotThere() {
        var locator = TextLocator(Self.text.utf8)
        #expect(locator.location(of: .key(.root, "z"), atKey: false) == nil)
        var empty = TextLocator("".utf8)
        #expect(empty.location(of: .key(.root, "z"), atKey: false) == nil)
    }
}
