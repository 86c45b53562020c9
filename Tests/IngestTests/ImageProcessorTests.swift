import JSON
import Synchronization
import Testing
import TestSupport

@testable import Ingest

@Suite struct ImageProcessorTests {
    private func text(_ processor: String, _ source: String) async throws -> String? {
        try await processed("[\(processor)]", source).map { String(decoding: JSONValue.object($0).serialized(), as: UTF8.self) }
    }

    @Test func recordsWhatIsAskedFor() async throws {
        #expect(
            try await text(#"{"image":{"field":"p","properties":["width","format"]}}"#, #"{"p":"a picture"}"#)
                == #"{"p":"a picture","image":{"format":256,"width":256}}"#)
        #expect(
            try await text(#"{"image":{"field":"p","target_field":"o.t","properties":"thumbnail","thumbnail_size":64,"remove_binary":true}}"#, #"{"p":"a picture"}"#)
                == #"{"o":{"t":{"thumbnail":64}}}"#)
        // All but what is long.
        #expect(
            try await processed(#"[{"image":{"field":"p"}}]"#, #"{"p":"a picture"}"#)?["image"]?.object?.map(\.key)
                == ["average_color", "date", "format", "height", "location", "perceptual_hash", "width"])
    }

    @Test func picturesInThePlaceOfTheirSource() async throws {
        #expect(
            try await text(#"{"image":{"field":"p","target_field":"p","properties":["width"],"remove_binary":true}}"#, #"{"p":"a picture"}"#)
                == #"{"p":{"width":256}}"#)
    }

    @Test func whatIsMissingIsPassedOverIfItMay() async throws {
        for source in ["{}", #"{"p":null}"#] {
            #expect(try await text(#"{"image":{"field":"p","ignore_missing":true}}"#, source) == source)
            #expect(await thrownCase { try await text(#"{"image":{"field":"p"}}"#, source) } == "fieldMissing")
        }
        #expect(await thrownCase { try await text(#"{"image":{"field":"p"}}"#, #"{"p":7}"#) } == "wrongType")
        // A picture that cannot be read fails its document.
        await #expect(throws: TestPipelines.TestError.badText) { try await text(#"{"image":{"field":"p"}}"#, #"{"p":"other"}"#) }
        #expect(
            try await text(#"{"image":{"field":"p","on_failure":[{"set":{"field":"e","value":"bad"}}]}}"#, #"{"p":"other"}"#)
                == #"{"p":"other","e":"bad"}"#)
    }

    @Test(arguments: [
        #"{"image":{}}"#, #"{"image":{"field":"p","properties":["colour"]}}"#, #"{"image":{"field":"p","thumbnail_size":8}}"#,
        #"{"image":{"field":"p","thumbnail_size":"64"}}"#, #"{"image":{"field":"p","x":1}}"#,
        #"{"inference":{"model_id":"m","input_output":{"input_field":"a","input_type":"sound"}}}"#,
    ])
    func definitionsAreChecked(_ processor: String) throws {
        #expect(throws: IngestFault.self) { try TestPipelines().registry.put("p", try object(#"{"processors":[\#(processor)]}"#)) }
    }

    @Test func inferenceIsToldOfPictures() async throws {
        let pipelines = TestPipelines()
        let registry = pipelines.registry
        try registry.put(
            "p",
            try object(#"{"processors":[{"inference":{"model_id":"m","input_output":{"input_field":"p","output_field":"v","input_type":"image"}}}]}"#))
        let result = try await registry.run([.init(try document(#"{"p":"photo.jpg"}"#), pipeline: "p")])[0].get()
        #expect(result?.source["v"] == .floats([9]) && pipelines.asked.withLock { $0 } == [["photo.jpg"]])
    }
}
