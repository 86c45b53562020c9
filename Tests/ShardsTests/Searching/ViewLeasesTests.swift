import Testing

@testable import Shards

struct ViewLeasesTests {
    @Test func theOldestHeldGenerationIsKnown() {
        let leases = ViewLeases()
        #expect(leases.oldest == nil)
        var first: ViewLease? = leases.take(3)
        let second = leases.take(5)
        var again: ViewLease? = leases.take(3)
        #expect(leases.oldest == 3)
        first = nil
        #expect(leases.oldest == 3)
        again = nil
        #expect(leases.oldest == 5)
        withExtendedLifetime((first, second, again)) {}
    }
}
