import Ordinals
import Testing
import VectorIndex

@testable import VectorBenchmark

@Suite struct LiveOrdinalsTests {
    @Test func aRenewedRowHasAFreshOrdinal() {
        let live = LiveOrdinals(count: 4)
        #expect(live.release([1, 3]) == [1, 3] && live.ordinals == [0, 2])
        live.renew([1, 3])
        #expect(live.ordinals == [0, 2, 4, 5] && live.end == 6)
        #expect(live.release([3, 0]) == [5, 0])
        live.renew([3, 0])
        #expect(live.ordinals == [2, 4, 6, 7])
    }

    @Test func choosesOthersForAnotherSeed() {
        let live = LiveOrdinals(count: 100)
        let chosen = live.choose(30, seed: 1)
        #expect(Set(chosen).count == 30 && chosen.allSatisfy { (0..<100).contains($0) })
        #expect(chosen == live.choose(30, seed: 1) && Set(chosen) != Set(live.choose(30, seed: 2)))
    }
}
