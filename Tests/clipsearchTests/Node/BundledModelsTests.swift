import Foundation
import Testing

@testable import clipsearch

@Suite struct BundledModelsTests {
    @Test(arguments: ["models", "/some/Models", "other/Models"])
    func otherPathsStayAsTheyAre(path: String) {
        #expect(BundledModels.resolved(path) == path)
    }

    @Test func theModelsAreFound() {
        let found = BundledModels.resolved("Models")
        #expect(FileManager.default.fileExists(atPath: found + "/compact/MODEL_CARD.md"))
    }
}
