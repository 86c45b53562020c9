import Testing

@testable import VectorBenchmark

@Suite struct MadeUpVectorsTests {
    @Test func aSeedAlwaysGivesTheSame() {
        let table = VectorTable(madeUp: 30, columns: 5, seed: 7)
        #expect(table.rows == 30 && table.columns == 5 && table.values.count == 150)
        #expect(table == VectorTable(madeUp: 30, columns: 5, seed: 7))
        #expect(table.values != VectorTable(madeUp: 30, columns: 5, seed: 8).values)
        #expect(table.row(2) == Array(table.values[10..<15]))
    }

    @Test func theValuesAreNormal() {
        let values = VectorTable(madeUp: 4000, columns: 2, seed: 1).values
        let mean = values.reduce(0, +) / Float(values.count)
        #expect(values.allSatisfy(\.isFinite) && abs(mean) < 0.5)
    }
}
