import Analysis
import Mapping
import Testing

@testable import Indices

@Suite struct KnownSettingsTests {
    /// What settings say of themselves is what `IndexSettings` reads of them.
    @Test func whatIsActedOnIsRead() throws {
        let standard = KnownSettings.standardValues
        for key in KnownSettings.inert where key != "index.mode" && key != "index.mapping.source.mode" {
            #expect(try IndexSettings([key: "nonsense"]).given[key] == "nonsense", "\(key)")
        }
        // Words, of which any are some, and what only analyzers ask for.
        let words: Set = [
            "index.default_pipeline", "index.final_pipeline", "index.query.default_field", "index.max_ngram_diff", "index.max_shingle_diff",
        ]
        for key in KnownSettings.effective where !words.contains(key) {
            #expect(throws: IndicesError.self, "\(key)") { try IndexSettings([key: "nonsense"]) }
            #expect(standard[key] != nil, "\(key)")
        }
        #expect(KnownSettings.effective.contains("index.max_slices_per_scroll") && !KnownSettings.inert.contains("index.uuid"))
    }

    @Test func fieldsOfQueriesAndWindows() throws {
        let settings = try IndexSettings([
            "index.query.default_field": .strings(["a^2", "b*"]), "index.mapping.coerce": "false", "index.query_string.lenient": "true",
            "index.max_rescore_window": "5", "index.write.wait_for_active_shards": "all",
        ])
        #expect(settings.mappingLimits.defaultFields == ["a^2", "b*"] && !settings.mappingLimits.coerces)
        #expect(settings.mappingLimits.isQueryStringLenient && settings.maximumRescoreWindow == 5 && settings.wantedCopies == .all)
        let plain = IndexSettings()
        #expect(plain.mappingLimits.defaultFields == ["*"] && plain.mappingLimits.coerces && plain.wantedCopies == .count(1))
    }
}
