import Indices
import Testing
import TestSupport

@testable import Server

@Suite struct RemoteHostsTests {
    private static let cases: [([String], String, Bool)] = [
        (["es:9200"], "es:9200", true), (["es:9200"], "es:9201", false), (["127.0.10.*:9200"], "127.0.10.7:9200", true),
        (["localhost:*"], "localhost:1", true), ([], "localhost:1", false), (["a:1", "b:2"], "b:2", true),
        (["es:9200"], "es:9200.evil:9200", false),
    ]

    @Test(arguments: cases)
    func listed(_ patterns: [String], _ host: String, _ isAllowed: Bool) {
        if isAllowed {
            #expect(throws: Never.self) { try RemoteHosts(patterns).check(host) }
        } else {
            #expect(thrownCase { try RemoteHosts(patterns).check(host) } == "remoteNotAllowed")
        }
    }
}
