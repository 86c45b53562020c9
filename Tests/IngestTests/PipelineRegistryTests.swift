import JSON
import Synchronization
import Testing
import TestSupport

@testable import Ingest

@Suite struct PipelineRegistryTests {
    @Test func documentsOfOneRequestAreEmbeddedTogether() async throws {
        let pipelines = TestPipelines(), registry = pipelines.registry
        try registry.put("p", try object(#"{"processors":[{"inference":{"if":"ctx.a != null","model_id":"m","input_output":{"input_field":"a","output_field":"v"}}}]}"#))
        var requests: [PipelineRegistry.Request] = []
        for number in 0..<20 {
            let source = number % 5 == 4 ? "{}" : #"{"a":"\#(String(repeating: "x", count: number + 1))"}"#
            requests.append(.init(try document(source), pipeline: "p"))
        }
        let results = await registry.run(requests)
        #expect(pipelines.asked.withLock { $0.count } == 1)
        #expect(pipelines.asked.withLock { $0.first?.count } == 16)
        for (number, result) in results.enumerated() where number % 5 != 4 {
            #expect(try result.get()?.source["v"] == .floats([Float(number + 1)]))
        }
    }

    @Test func secondModelsWaitForAllToo() async throws {
        let pipelines = TestPipelines(), registry = pipelines.registry
        let inference = { (model: String, from: String, to: String) in
            #"{"inference":{"model_id":"\#(model)","input_output":{"input_field":"\#(from)","output_field":"\#(to)"}}}"#
        }
        try registry.put("p", try object(#"{"processors":[\#(inference("m", "a", "v")),\#(inference("n", "a", "w"))]}"#))
        let requests = try (0..<5).map { _ in PipelineRegistry.Request(try document(#"{"a":"x"}"#), pipeline: "p") }
        _ = await registry.run(requests)
        #expect(pipelines.asked.withLock { $0.map(\.count) } == [5, 5])
    }

    @Test func oneBadTextFailsAlone() async throws {
        let registry = TestPipelines().registry
        try registry.put("p", try object(#"{"processors":[{"inference":{"model_id":"m","input_output":{"input_field":"a","output_field":"v"}}}]}"#))
        let results = await registry.run(try ["x", "bad", "yy"].map { .init(try document(#"{"a":"\#($0)"}"#), pipeline: "p") })
        #expect(try results[0].get()?.source["v"] == .floats([1]))
        #expect(throws: TestPipelines.TestError.badText) { try results[1].get() }
        #expect(try results[2].get()?.source["v"] == .floats([2]))
    }

    @Test func pipelinesFollowEachOther() async throws {
        let registry = TestPipelines().registry
        try registry.put("first", try object(#"{"processors":[{"append":{"field":"l","value":"{{_ingest.pipeline}}"}},{"pipeline":{"name":"inner"}},{"append":{"field":"l","value":"{{_ingest.pipeline}}"}}]}"#))
        try registry.put("inner", try object(#"{"processors":[{"append":{"field":"l","value":"inner"}}]}"#))
        try registry.put("final", try object(#"{"processors":[{"append":{"field":"l","value":"final"}}]}"#))
        let results = await registry.run([.init(try document("{}"), pipeline: "first"), .init(try document("{}"), pipeline: nil)], next: { _ in "final" })
        #expect(try results[0].get()?.source["l"] == ["first", "inner", "first", "final"])
        #expect(try results[1].get()?.source["l"] == ["final"])
        let missing = await registry.run([.init(try document("{}"), pipeline: "zz")])
        #expect(thrownCase { try missing[0].get() } == "unknownPipeline")
    }

    @Test func pipelinesOnFailure() async throws {
        let registry = TestPipelines().registry
        try registry.put("p", try object(#"{"processors":[{"fail":{"message":"x"}},{"set":{"field":"no","value":1}}],"on_failure":[{"set":{"field":"e","value":"{{_ingest.on_failure_message}}"}}]}"#))
        let result = await registry.run([.init(try document("{}"), pipeline: "p")])
        #expect(try result[0].get()?.source == ["e": "x"])
        #expect(try result[0].get()?.ingest["on_failure_message"] == nil)
    }

    @Test func simulationShowsSteps() async throws {
        let registry = TestPipelines().registry
        let pipeline = try registry.read("p", try object(#"{"processors":[{"set":{"field":"a","value":1,"tag":"t"}},{"set":{"if":"false","field":"b","value":1}},{"fail":{"message":"m","ignore_failure":true}},{"drop":{}}]}"#))
        let (result, steps) = await registry.simulate(pipeline, try document("{}"))
        #expect(try result.get() == nil)
        #expect(steps.map(\.status) == [.success, .skipped, .errorIgnored, .dropped])
        #expect(steps[0].document?.source == ["a": 1])
        #expect(steps[0].tag == "t")
    }

    @Test func definitionsAreKept() throws {
        let pipelines = TestPipelines(), registry = pipelines.registry
        try registry.put("p", ["processors": [], "version": 3])
        #expect(registry["p"]?.version == 3)
        #expect(pipelines.saved.withLock { $0["p"] } == ["processors": [], "version": 3])
        try registry.delete("p")
        #expect(registry["p"] == nil)
        #expect(pipelines.saved.withLock { $0["p"] } == nil)
    }
}
