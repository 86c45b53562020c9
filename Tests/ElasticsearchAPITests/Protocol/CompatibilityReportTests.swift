import Foundation
import TestSupport
import Testing

@testable import ElasticsearchAPI

@Suite struct CompatibilityReportTests {
    /// Write it anew with `clipsearch compatibility > docs/compatibility.md`.
    @Test func thePageIsWhatTheParsersSay() throws {
        let page = try String(contentsOfFile: "\(Repository.root)/docs/compatibility.md", encoding: .utf8)
        #expect(page == CompatibilityReport.markdown)
    }

    /// What README.md says is served: mend the number there.
    @Test func theReadmeCountsWhatIsServed() throws {
        let page = try String(contentsOfFile: "\(Repository.root)/README.md", encoding: .utf8)
        let queries = try #require(page.firstMatch(of: /(\d+) kinds of queries/))
        let aggregations = try #require(page.firstMatch(of: /(\d+) of them, in one another/))
        #expect(Int(queries.1) == QueryName.allCases.count)
        #expect(Int(aggregations.1) == AggregationName.allCases.count)
    }

    @Test func everyAPIStandsOnce() {
        let others = Endpoint.others.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }
        #expect(Set(others).count == others.count)
        #expect(others.allSatisfy { Endpoint(rawValue: $0) == nil })
        let page = CompatibilityReport.markdown
        #expect(page.contains("| search | `GET,POST /_search`") && page.contains("`dense_vector`"))
    }
}
