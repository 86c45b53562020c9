import Query
import Testing

@Suite struct StringDistanceTests {
    /// The examples of Winkler's and of Kondrak's papers, as Lucene's tests have them.
    @Test(
        arguments: [
            (.jaroWinkler, "MARTHA", "MARHTA", 0.961), (.jaroWinkler, "DWAYNE", "DUANE", 0.84), (.jaroWinkler, "DIXON", "DICKSONX", 0.813),
            (.jaroWinkler, "fvie", "ten", 0), (.jaroWinkler, "abcvwxyz", "cabvwxyz", 0.958),
            (.ngram, "al", "al", 1), (.ngram, "martha", "marhta", 0.6667), (.ngram, "jones", "johnson", 0.4286),
            (.ngram, "dwayne", "duane", 0.5833), (.ngram, "six", "ten", 0),
            (.levenshtein, "jones", "johnson", 0.4286), (.levenshtein, "ab", "ba", 0), (.internal, "ab", "ba", 0.5),
            (.damerauLevenshtein, "abc", "abcd", 2.0 / 3),
        ] as [(StringDistance, String, String, Float)])
    func measures(distance: StringDistance, left: String, right: String, expected: Float) {
        #expect(abs(distance.similarity(left, right) - expected) < 0.002)
        #expect(abs(distance.similarity(right, left) - expected) < 0.002)
    }

    @Test(arguments: StringDistance.allCases)
    func nothingIsLikeNothing(distance: StringDistance) {
        #expect(distance.similarity("", "") == 1 && distance.similarity("", "a") == 0 && distance.similarity("a", "a") == 1)
    }
}
