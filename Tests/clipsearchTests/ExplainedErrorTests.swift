import Indices
import Testing

@testable import clipsearch

@Suite struct ExplainedErrorTests {
    @Test func errorsOfTheLayersAreInWords() {
        let error = ExplainedError(IndicesError.dataDirectoryInUse(path: "data"))
        #expect(error.description == "[data] is in use by another process")
    }
}
