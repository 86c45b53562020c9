import JSON
import Testing

@testable import Inference

@Suite struct ModelSettingsTests {
    @Test func elasticsearchsDefaults() {
        let settings = ModelSettings([:])
        #expect(settings == ModelSettings())
        #expect(settings.inputField == "text_field" && settings.resultsField == "predicted_value")
        #expect(settings.truncation == .end && settings.prefixes.isEmpty)
    }

    @Test func whatTheConfigurationSays() {
        let settings = ModelSettings([
            "input": ["field_names": ["words"]], "prefix_strings": ["search": "query: "],
            "inference_config": [
                "text_embedding": ["results_field": "vector", "tokenization": ["bert": ["truncate": "none"]]]
            ],
        ])
        #expect(settings.inputField == "words" && settings.resultsField == "vector" && settings.truncation == .never)
        #expect(settings.prefixes == [.search: "query: "])
    }
}
