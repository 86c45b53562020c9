import Analysis
import FieldIndex
import JSON
import Mapping
import Testing
import TestSupport

@testable import Indices

@Suite struct SimilaritySettingsTests {
    private func settings(_ json: String) throws -> IndexSettings { try IndexSettings(JSONDocument(parsing: json).root) }

    @Test(
        arguments: [
            (#"{"type":"BM25","k1":2,"b":0.3,"discount_overlaps":true}"#, .bm25(k1: 2, b: 0.3)), (#"{"type":"BM25"}"#, .standard),
            (#"{"type":"boolean"}"#, .boolean), (#"{"type":"LMDirichlet","mu":100}"#, .dirichlet(mu: 100)),
            (#"{"type":"LMJelinekMercer"}"#, .jelinekMercer(lambda: 0.1)),
            (#"{"type":"DFI","independence_measure":"chisquared"}"#, .divergenceFromIndependence(.chiSquared)),
            (
                #"{"type":"DFR","basic_model":"g","after_effect":"l","normalization":"h2","normalization.h2.c":"3.0"}"#,
                .divergenceFromRandomness(.geometric, .laplace, .logarithmic(c: 3))
            ),
            (
                #"{"type":"IB","distribution":"spl","lambda":"ttf","normalization":"no"}"#,
                .information(.smoothedPowerLaw, .termFrequency, .none)
            ),
        ] as [(String, Similarity)])
    func reads(json: String, similarity: Similarity) throws {
        #expect(try settings(#"{"similarity":{"own":\#(json)}}"#).similarities["own"] == similarity)
    }

    @Test(arguments: [
        (#"{"own":{"k1":1}}"#, "Similarity [own] must have an associated type"),
        (#"{"own":{"type":"x"}}"#, "Unknown Similarity type [x]"),
        (#"{"own":{"type":"BM25","k1":-1}}"#, "illegal k1 value: -1.0, must be a non-negative finite value"),
        (#"{"own":{"type":"BM25","b":2}}"#, "illegal b value: 2.0, must be between 0 and 1"),
        (#"{"own":{"type":"BM25","x":2}}"#, "Unknown settings for similarity of type [BM25]: [x]"),
        (#"{"own":{"type":"BM25","discount_overlaps":"x"}}"#, "Failed to parse value [x] as only [true] or [false] are allowed."),
        (#"{"own":{"type":"scripted"}}"#, "must specify either [source] for an inline script or [id] for a stored script"),
        (#"{"own":{"type":"scripted","script":{"source":"return 1","lang":"x"}}}"#, "script_lang not supported [x]"),
        (#"{"own":{"type":"DFI","independence_measure":"x"}}"#, "Unsupported IndependenceMeasure [x], expected one of [standardized, saturated, chisquared]"),
        (#"{"BM25":{"type":"BM25"}}"#, "Cannot redefine built-in Similarity [BM25]"),
    ])
    func refuses(json: String, reason: String) throws {
        do {
            _ = try settings(#"{"similarity":\#(json)}"#)
            Issue.record("accepted")
        } catch IndicesError.invalidSetting(_, _, let found) {
            #expect(found == reason)
        }
    }

    /// A field has its own, else the index's default, else BM25; a name that is not known is refused.
    @Test func fieldsNameThem() throws {
        let settings = try settings(#"{"similarity":{"own":{"type":"BM25","k1":2,"b":0},"default":{"type":"boolean"}}}"#)
        let mapping = try Mapping(
            decoding: JSONDocument(
                parsing: #"{"properties":{"a":{"type":"text","similarity":"own"},"b":{"type":"text"},"c":{"type":"keyword","similarity":"BM25"}}}"#
            ).root, in: MappingEnvironment(similarities: settings.similarities))
        #expect(["a", "b", "c"].map { mapping.field($0)?.similarity } == [.bm25(k1: 2, b: 0), .boolean, .standard])
        #expect(throws: MappingError.unknownSimilarity("own", field: "a")) { try mapping.bound(to: MappingEnvironment(analysis: settings.analysis)) }
    }

    /// Closed indices take other parameters, and their fields are scored by them.
    @Test func closedIndicesChange() async throws {
        let node = try await TestNode()
        let mapping = try Mapping(
            decoding: JSONDocument(parsing: #"{"properties":{"t":{"type":"text","similarity":"own"}}}"#).root, in: .unbound)
        _ = try await node.registry.createIndex("i", settings: try settings(#"{"similarity.own":{"type":"BM25"}}"#), mapping: mapping)
        let change = SettingsChange(["index.similarity.own.b": SettingValue.string("0")])
        #expect(await thrownCase { try await node.registry.changeSettings(change, of: IndexExpression(["i"])) } == "settingsNotDynamic")
        try await node.registry.changeSettings(change, of: IndexExpression(["i"]), reopening: true)
        let metadata = try #require(try node.registry.metadata(IndexExpression(["i"])).first)
        #expect(metadata.mapping.field("t")?.similarity == .bm25(k1: 1.2, b: 0))
        let removed: [String: SettingValue?] = ["index.similarity.own.b": nil, "index.similarity.own.type": nil]
        #expect(await thrownCase {
            try await node.registry.changeSettings(SettingsChange(removed), of: IndexExpression(["i"]), reopening: true)
        } == "mapping.unknownSimilarity")
    }
}
