import Analysis
import Testing

@testable import Indices

@Suite struct ClusterSettingsTests {
    @Test(arguments: [
        ("indices.inference.batch_size", "1b", true), ("indices.inference.batch_size", "100mb", true),
        ("indices.inference.batch_size", "0b", false), ("indices.inference.batch_size", "101mb", false),
        ("indices.inference.max_binary_input_size", "20mb", true), ("indices.inference.max_binary_input_size", "21mb", false),
        ("indices.inference.max_binary_input_size", "5", false), ("indices.inference.max_binary_input_size", "much", false),
        ("search.max_buckets", "0", true), ("search.max_buckets", "-1", false), ("search.max_buckets", "many", false),
        ("search.default_search_timeout", "-1", true), ("search.default_search_timeout", "5s", true),
        ("search.default_search_timeout", "5", false), ("search.default_allow_partial_results", "maybe", false),
    ])
    func valuesHaveBounds(_ key: String, _ value: String, _ isAllowed: Bool) {
        var settings: [String: String] = [:]
        let change = SettingsChange([key: .string(value)])
        if isAllowed {
            #expect(throws: Never.self) { try ClusterSettings.apply(change, to: &settings) }
            #expect(settings == [key: value])
        } else {
            #expect(throws: IndicesError.self) { try ClusterSettings.apply(change, to: &settings) }
            #expect(settings.isEmpty)
        }
    }
}
