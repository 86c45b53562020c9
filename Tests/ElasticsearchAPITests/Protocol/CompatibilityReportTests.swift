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

    @Test func everyAPIStandsOnce() {
        let others = Endpoint.others.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }
        #expect(Set(others).count == others.count)
        #expect(others.allSatisfy { Endpoint(rawValue: $0) == nil })
        let page = CompatibilityReport.markdown
        #expect(page.contains("| search | `GET,POST /_search`") && page.contains("`dense_vector`"))
    }
}
