import JSON
import Query
import Shards
import Testing

struct ExplainerTests {
    private func fixture() async throws -> (TemporaryDirectory, Shard, ShardView, Documents) {
        let directory = try TemporaryDirectory()
        let shard = try makeShard(directory)
        var documents = try Documents(
            properties: #"{"t":{"type":"text"},"k":{"type":"keyword"},"n":{"type":"long"},"b":{"type":"text","similarity":"boolean"}}"#)
        for (id, source) in [
            ("1", #"{"t":"a","k":"x","n":1,"b":"a"}"#), ("2", #"{"t":"b c","k":"y","n":2,"b":"b c"}"#),
            ("3", #"{"t":"a b a","k":"x","n":3,"b":"a b a"}"#),
        ] { try await shard.write(try documents.index(id, source)) }
        return (directory, shard, try await shard.refresh(), documents)
    }

    private func match(_ text: String, _ form: MatchQuery.Form = .terms, field: String = "t") -> Query {
        Query(.match(MatchQuery(field: field, text: .string(text), form: form)))
    }

    /// Lucene's words; the figures by hand: idf = ln(1 + 1.5 / 2.5), tf = 2 / (2 + 1.2 · (0.25 + 0.75 · 3 / 2)).
    @Test func aTerm() async throws {
        let (_, _, view, documents) = try await fixture()
        let explanation = try view.explain(2, try documents.plan(match("a")))
        #expect(explanation.description == "weight(t:a in 2) [PerFieldSimilarity], result of:")
        #expect(abs(explanation.score - 0.566580) < 1e-6)
        let score = try #require(explanation.details.first)
        #expect(score.description == "score(freq=2.0), computed as boost * idf * tf from:")
        #expect(
            score.details.map(\.description) == [
                "boost", "idf, computed as log(1 + (N - n + 0.5) / (n + 0.5)) from:",
                "tf, computed as freq / (freq + k1 * (1 - b + b * dl / avgdl)) from:",
            ])
        for (detail, expected) in zip(score.details, [2.2, 0.470004, 0.547945] as [Float]) { #expect(abs(detail.score - expected) < 1e-6) }
        #expect(score.details[1].details.map(\.value) == [.count(2), .count(3)])
        #expect(score.details[1].details.map(\.description) == ["n, number of documents containing term", "N, total number of documents with field"])
        #expect(
            score.details[2].details.map(\.description) == [
                "freq, occurrences of term within document", "k1, term saturation parameter", "b, length normalization parameter",
                "dl, length of field", "avgdl, average length of field",
            ])
        #expect(score.details[2].details.map(\.score) == [2, 1.2, 0.75, 3, 2])
        let miss = try view.explain(1, try documents.plan(match("a")))
        #expect(!miss.isMatch && miss.score == 0 && miss.description == "no matching term")
    }

    @Test func phrases() async throws {
        let (_, _, view, documents) = try await fixture()
        let explanation = try view.explain(2, try documents.plan(match("a b", .phrase(slop: 0))))
        #expect(explanation.description == "weight(t:\"a b\" in 2) [PerFieldSimilarity], result of:")
        let score = try #require(explanation.details.first)
        #expect(score.details[1].description == "idf, sum of:" && score.details[1].details.count == 2)
        #expect(score.details[2].details.first?.description == "phraseFreq=1.0")
    }

    @Test func clauses() async throws {
        let (_, _, view, documents) = try await fixture()
        let bool = Query(
            .bool(
                BoolQuery(
                    must: [match("a")], filter: [Query(.term(TermQuery(field: "k", value: .string("x"))))],
                    should: [match("b"), match("c")], mustNot: [match("c")])))
        let explanation = try view.explain(2, try documents.plan(bool))
        #expect(explanation.description == "sum of:" && explanation.details.count == 3)
        #expect(explanation.details[1].description == "match on required clause, product of:")
        #expect(explanation.details[1].details[0].description == "# clause" && explanation.details[1].score == 0)
        let miss = try view.explain(1, try documents.plan(bool))
        #expect(miss.description == "Failure to meet condition(s) of required/prohibited clause(s)" && miss.details.count == 3)
        let constant = try view.explain(0, try documents.plan(Query(.constantScore(filter: match("a")), boost: 2)))
        #expect(constant.description == "ConstantScore(t:a)^2.0" && constant.score == 2)
        let boolean = try view.explain(2, try documents.plan(match("a", field: "b")))
        #expect(boolean.details.first?.description == "score(BooleanWeight), computed from:" && boolean.score == 1)
    }

    /// Whatever the query, the value at the top is the hit's score to the bit.
    @Test func valuesAreTheScores() async throws {
        let (_, _, view, documents) = try await fixture()
        let functions = FunctionScoreQuery(
            query: match("a b"),
            functions: [.init(kind: .fieldValue(FieldValueFunction(field: "n"))), .init(filter: match("b"), kind: .weight, weight: 3)])
        let queries: [Query] = [
            match("a b c"), match("a b", .phrase(slop: 2)), match("a b", .phrasePrefix(slop: 0, expansions: 10)),
            Query(.fuzzy(FuzzyTermQuery(field: "t", value: .string("a"), fuzziness: .edits(1)))), Query(.matchAll, boost: 3),
            Query(.disMax([match("a"), match("b")], tieBreaker: 0.3)), Query(.functionScore(functions)),
            Query(.bool(BoolQuery(must: [Query(.bool(BoolQuery(should: [match("a"), match("b")])), boost: 2.5)], should: [match("c")]))),
            Query(.boosting(positive: match("a b"), negative: match("c"), negativeBoost: 0.2)),
            Query(.range(RangeQuery(field: "n", lower: .init(.integer(2), isInclusive: true)))), Query(.exists(field: "k")),
            Query(.term(TermQuery(field: "k", value: .string("x")))), match("a b", field: "b"),
        ]
        for query in queries {
            let plan = try documents.plan(query)
            let hits = try view.search(plan, limit: 10).documents
            #expect(!hits.isEmpty)
            for hit in hits {
                let explanation = try view.explain(hit.ordinal, plan)
                #expect(explanation.isMatch && explanation.score == hit.score, "\(query)")
            }
            for ordinal in 0..<3 as Range<UInt32> where !hits.contains(where: { $0.ordinal == ordinal }) {
                #expect(try !view.explain(ordinal, plan).isMatch)
            }
        }
    }

    @Test func nearestDocuments() async throws {
        let (_, _, view, documents) = try await fixture()
        let lists = [(documents: [ScoredOrdinal(ordinal: 2, score: 0.5)], boost: Float(2))]
        #expect(try view.explain(2, nil, nearest: lists) == Explanation(1, "within top 1 documents"))
        let both = try view.explain(2, try documents.plan(.matchAll), nearest: lists)
        #expect(both.description == "sum of:" && both.score == 2)
    }
}
