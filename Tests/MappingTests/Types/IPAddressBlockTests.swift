import Testing

@testable import Mapping

@Suite struct IPAddressBlockTests {
    @Test(arguments: [("192.168.1.10", 120, "192.168.1.0"), ("192.168.1.10", 96, "0.0.0.0"), ("2001:db8::7f10", 64, "2001:db8::"), ("::1", 0, "::")])
    func masked(address: String, bits: Int, network: String) throws {
        #expect(try #require(IPAddress(address)).masked(to: bits) == IPAddress(network))
        #expect(try #require(IPAddress(address)).masked(to: 128).description == address)
    }

    @Test func lastFourBytes() {
        #expect(IPAddress("2001:db8::7f10")?.lastFour == IPAddress("0.0.127.16"))
        #expect(IPAddress("10.1.2.3")?.lastFour == IPAddress("10.1.2.3"))
    }

    @Test func neighbours() throws {
        #expect(IPAddress("10.0.0.255")?.successor == IPAddress("10.0.1.0"))
        #expect(IPAddress("10.0.1.0")?.predecessor == IPAddress("10.0.0.255"))
        let last = try #require(IPAddress("ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"))
        #expect(last.successor == nil && IPAddress("::")?.predecessor == nil)
    }

    @Test(arguments: [(24, "255.255.255.0"), (13, "255.248.0.0"), (0, "0.0.0.0"), (32, "255.255.255.255")])
    func netmasks(bits: Int, text: String) {
        #expect(IPAddress.netmask(bits) == text)
    }
}
