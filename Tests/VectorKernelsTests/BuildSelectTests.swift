import CVectorKernels
import Testing

@Suite struct BuildSelectTests {
    private func selected(_ keys: [Float], except: Int, _ k: Int) -> [UInt32] {
        var out = [UInt32](repeating: 9999, count: k + 1)
        let found = cvk_select_greatest(keys, keys.count, except, k, &out)
        #expect(out[found...].allSatisfy { $0 == 9999 })
        return Array(out[..<found])
    }

    @Test(arguments: [0, 1, 2, 31, 32, 33, 63, 64, 65, 200, 1500])
    func equalsASort(count: Int) {
        for (seed, range) in [(1, 1_000_000), (2, 5), (3, 1)] as [(UInt64, Float)] {
            // Few values: ties.
            let keys = VectorKernelsTests.vector(count, seed: seed).map { ($0 * range).rounded() }
            // Greatest first, of equal ones the first.
            let all = keys.indices.sorted { (keys[$1], $0) < (keys[$0], $1) }.map { UInt32($0) }
            for k in [0, 1, 2, 10, 40, 2000] {
                for except in [Int.max, 0, count - 1] {
                    #expect(selected(keys, except: except, k) == Array(all.filter { $0 != except }.prefix(k)))
                }
            }
        }
    }

    /// The worst order: each is greater than all before.
    @Test func ascendingAndEqualKeys() {
        let keys = (0..<300).map(Float.init)
        #expect(selected(keys, except: 299, 3) == [298, 297, 296])
        #expect(selected([Float](repeating: -2, count: 100), except: 1, 4) == [0, 2, 3, 4])
    }
}
