import Testing

@testable import VectorBenchmark

@Suite struct VectorSourceTests {
    @Test func madeUpVectorsAreThoseOfTheTable() {
        var source = VectorSource.madeUp(MadeUpVectors(columns: 5, seed: 7))
        let table = VectorTable(madeUp: 3, columns: 5, seed: 7)
        #expect(source.columns == 5)
        for row in 0..<3 { #expect(source.next() == table.row(row)) }
    }

    @Test func aTableRepeatsWithNoise() {
        let table = VectorTable(madeUp: 4, columns: 400, seed: 1)
        var source = VectorSource.table(RepeatedVectors(table, seed: 2))
        for row in 0..<4 { #expect(source.next() == table.row(row)) }
        var previous: [Float] = []
        for row in 0..<8 {
            let noisy = source.next()
            #expect((0.8..<0.96).contains(cosine(noisy, table.row(row % 4))) && noisy != previous)
            previous = noisy
        }
    }

    private func cosine(_ a: [Float], _ b: [Float]) -> Float {
        func dot(_ a: [Float], _ b: [Float]) -> Float { zip(a, b).reduce(0) { $0 + $1.0 * $1.1 } }
        return dot(a, b) / (dot(a, a) * dot(b, b)).squareRoot()
    }
}
