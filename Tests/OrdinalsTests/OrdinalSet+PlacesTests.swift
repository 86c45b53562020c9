import Ordinals
import Testing

struct OrdinalSetPlacesTests {
    @Test func theFirstFromAnOrdinalIsFound() {
        let set: OrdinalSet = [3, 63, 64, 200]
        let expected: [UInt32: UInt32?] = [
            0: 3, 3: 3, 4: 63, 63: 63, 64: 64, 65: 200, 128: 200, 200: 200, 201: nil, 255: nil, 256: nil, .max: nil,
        ]
        for (ordinal, first) in expected { #expect(set.first(from: ordinal) == first, "\(ordinal)") }
        #expect(OrdinalSet().first(from: 0) == nil)
    }

    @Test func runsEndWhereOneIsMissing() {
        let set: OrdinalSet = [0, 1, 2, 62, 63, 64, 65]
        #expect(set.runStart(before: 3) == 0)
        #expect(set.runStart(before: 66) == 62)
        #expect(set.runStart(before: 64) == 62)
        #expect(set.runStart(before: 5) == 5)
        #expect(set.runStart(before: 0) == 0)
    }
}
