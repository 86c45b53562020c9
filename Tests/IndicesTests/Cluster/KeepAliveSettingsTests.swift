import Testing

@testable import Indices

struct KeepAliveSettingsTests {
    private func problem(_ settings: [String: String]) -> String? {
        do {
            try KeepAliveSettings.check { settings[$0] }
            return nil
        } catch {
            if case .invalidSetting(_, _, let reason) = error { return reason }
            return "\(error)"
        }
    }

    @Test func theDefaultStaysBelowTheMaximum() {
        #expect(problem([:]) == nil)
        #expect(problem(["search.max_keep_alive": "5m"]) == nil)
        #expect(problem(["search.max_keep_alive": "1m", "search.default_keep_alive": "1m"]) == nil)
        #expect(
            problem(["search.max_keep_alive": "1m"])
                == "Default keep alive setting for request [search.default_keep_alive] should be smaller than max keep alive "
                + "[search.max_keep_alive], was (5m > 1m)")
        #expect(problem(["search.default_keep_alive": "25h"])?.hasSuffix("was (25h > 24h)") == true)
        #expect(problem(["search.max_keep_alive": "soon"])?.contains("failed to parse setting [search.max_keep_alive]") == true)
    }

    @Test func contextsHeedTheMaximum() throws {
        let contexts = SearchContexts(longest: { .seconds(60) })
        let id = try contexts.open(.pointInTime([]), keepAlive: .seconds(60))
        #expect(throws: IndicesError.self) { try contexts.open(.pointInTime([]), keepAlive: .seconds(61)) }
        #expect(throws: IndicesError.self) { try contexts.find(id, kind: .pointInTime, keepAlive: .seconds(61)) }
        _ = try contexts.find(id, kind: .pointInTime, keepAlive: nil)
    }
}
