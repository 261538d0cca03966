import Glibc

func exponential(_ number: Double) -> Double { exp(number) }
func power(_ base: Double, _ exponent: Double) -> Double { pow(base, exponent) }
