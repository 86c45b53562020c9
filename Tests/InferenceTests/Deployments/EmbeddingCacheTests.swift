import TestSupport
import Testing

@testable import Inference

@Suite struct EmbeddingCacheTests {
    private let vector: [Float] = [1, 2]

    /// What an entry of one token takes.
    private var entryBytes: Int {
        let cache = EmbeddingCache(capacity: 1 << 20)
        cache.insert(vector, for: [1])
        return cache.bytes
    }

    @Test func givesBackWhatItWasGiven() {
        let cache = EmbeddingCache(capacity: 1 << 20)
        #expect(cache.vector(of: [1]) == nil)
        cache.insert(vector, for: [1])
        cache.insert([3], for: [1, 2])
        #expect(cache.vector(of: [1]) == vector && cache.vector(of: [1, 2]) == [3])
        cache.insert([4], for: [1])
        #expect(cache.vector(of: [1]) == [4])
        cache.removeAll()
        #expect(cache.vector(of: [1]) == nil && cache.bytes == 0)
    }

    @Test func theOneNotUsedForLongestGoesFirst() {
        let cache = EmbeddingCache(capacity: 2 * entryBytes)
        cache.insert(vector, for: [1])
        cache.insert(vector, for: [2])
        _ = cache.vector(of: [1])
        cache.insert(vector, for: [3])
        #expect(cache.vector(of: [2]) == nil)
        #expect(cache.vector(of: [1]) != nil && cache.vector(of: [3]) != nil)
        #expect(cache.bytes == 2 * entryBytes)
    }

    @Test func whatIsLargerThanTheCacheIsNotKept() {
        let cache = EmbeddingCache(capacity: entryBytes)
        cache.insert(vector, for: [1])
        cache.insert([Float](repeating: 0, count: 100), for: [2])
        #expect(cache.vector(of: [1]) == vector && cache.vector(of: [2]) == nil)
        let none = EmbeddingCache(capacity: 0)
        none.insert(vector, for: [1])
        #expect(none.vector(of: [1]) == nil)
    }

    @Test func agreesWithAListThatIsMovedAround() {
        var generator = SeededGenerator(seed: 7), order: [Int32] = []
        let cache = EmbeddingCache(capacity: 5 * entryBytes)
        for _ in 0..<2000 {
            let token = Int32(generator.next() % 12)
            if generator.next() % 2 == 0 {
                cache.insert([Float(token), 0], for: [token])
                order.removeAll { $0 == token }
                order = Array((order + [token]).suffix(5))
            } else {
                let isKept = order.contains(token)
                #expect(cache.vector(of: [token]) == (isKept ? [Float(token), 0] : nil))
                if isKept { order = order.filter { $0 != token } + [token] }
            }
        }
    }
}
