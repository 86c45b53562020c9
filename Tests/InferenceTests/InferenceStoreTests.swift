import Foundation
import MatrixKernels
import Testing

@testable import Inference

@Suite struct InferenceStoreTests {
    @Test func givesBackWhatWasSaved() throws {
        try withTemporaryFolder { folder in
            let store = InferenceStore(path: "\(folder)/inference.json")
            #expect(try store.load() == nil)
            let content = InferenceStore.Content(
                aliases: ["b": "m", "a": "m"],
                deployments: [
                    .init(id: "d", modelID: "m", configuration: DeploymentConfiguration()),
                    .init(
                        id: "e", modelID: "m",
                        configuration: DeploymentConfiguration(
                            allocations: 2, threads: 4, queueCapacity: 5, cacheBytes: 0, priority: .low, precision: .int8)),
                ])
            try store.save(content)
            #expect(try store.load() == content)
        }
    }

    @Test(arguments: ["", "[]", #"{"format_version": 2, "aliases": {}, "deployments": []}"#,
        #"{"format_version": 1, "aliases": {"a": 1}, "deployments": []}"#,
        #"{"format_version": 1, "aliases": {}, "deployments": [{"deployment_id": "a"}]}"#])
    func whatItDidNotWriteIsDamaged(_ text: String) throws {
        try withTemporaryFolder { folder in
            let store = InferenceStore(path: "\(folder)/inference.json")
            try Data(text.utf8).write(to: URL(filePath: store.path))
            #expect(throws: InferenceError.damagedStore(path: store.path)) { try store.load() }
        }
    }
}
