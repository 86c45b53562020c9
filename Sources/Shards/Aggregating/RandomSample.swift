internal import Foundation
internal import Ordinals
internal import Query

/// Chooses each document with the same probability, whatever others there are: the same ones for the same seed.
///
/// Gaps between documents that are chosen are drawn, so that the others are not looked at.
struct RandomSample {
    let probability: Double
    private var state: UInt64

    /// - Parameter probability: above 0 and below 1.
    init(probability: Double, seed: UInt64) {
        self.probability = probability
        state = BitMixer.mixed(seed &+ BitMixer.step)
    }

    /// - Complexity: O(limit · probability).
    mutating func of(_ documents: OrdinalSet) -> OrdinalSet {
        let limit = documents.words.count * 64
        var chosen: [UInt32] = []
        var next = gap()
        while next < limit {
            if documents.contains(UInt32(truncatingIfNeeded: next)) { chosen.append(UInt32(truncatingIfNeeded: next)) }
            next += 1 + gap()
        }
        return OrdinalSet(chosen)
    }

    /// How many are passed over: geometrically distributed.
    private mutating func gap() -> Int {
        state &+= BitMixer.step
        // Above 0, at most 1.
        let uniform = (Double(BitMixer.mixed(state) >> 11) + 1) / Double(1 << 53)
        // The logarithm of what is nearly 1 would be 0.
        return Int(min(log(uniform) / log1p(-probability), Double(UInt32.max)))
    }
}
