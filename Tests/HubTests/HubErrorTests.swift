import Files
import Testing

@testable import Hub

@Suite struct HubErrorTests {
    @Test func theRemedyIsSaid() throws {
        let model = try RepositoryName("acme/model")
        let gated = HubError.gated(model, page: "https://hub/acme/model", withToken: false)
        #expect(gated.description.contains("https://hub/acme/model") && gated.description.contains("HF_TOKEN"))
        #expect("\(HubError.modelNotFound(model, host: "hub", withToken: false))".contains("HF_TOKEN"))
        #expect("\(HubError.file(FileError(.write, path: "/m/x", code: 28)))" == "/m/x: No space left on device")
        #expect(
            "\(HubError.notEnoughSpace(folder: "/m", needed: 600_000_001, available: 5_000_000))"
                == "/m: 601 MB are needed, 5 MB are free")
    }
}
