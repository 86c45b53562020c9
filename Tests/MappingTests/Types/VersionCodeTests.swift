import Testing

@testable import Mapping

struct VersionCodeTests {
    @Test func termsAreInTheOrderOfVersions() {
        let versions = [
            "0.1", "1.0.0-alpha", "1.0.0-alpha.1", "1.0.0-alpha.beta", "1.0.0-beta", "1.0.0-beta.2", "1.0.0-beta.11", "1.0.0-rc.1", "1.0.0",
            "1.0.0+build", "1.0.1", "1.2", "1.2.0", "1.10.0", "2.0.0-beta", "2.0.0", "10.0.0", "9999", "1.el6", "v3.1.0",
        ]
        let terms = versions.map(VersionCode.term)
        #expect(terms == terms.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) })
        #expect(terms.map(VersionCode.text) == versions)
    }

    @Test(arguments: ["", "1..2", "1.2-", "1.2-a..b", "v1", "1.x", "1.2+", "1,2"])
    func othersAreNoVersions(text: String) { #expect(!VersionCode.isValid(text)) }
}
