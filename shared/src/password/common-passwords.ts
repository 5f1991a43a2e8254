/**
 * Base words of the most common leaked passwords with at least ten characters, without the digits and signs around them.
 */
export const COMMON_PASSWORD_STEMS: ReadonlySet<string> = new Set(
  `
  a aa abc abcd abcde abcdef abcdefg abcdefgh abcdefghi abcdefghij abcdefghijk access account admin adminadmin
  administrator adminpassword adminpass alexander amanda america andrew angel anthony apple april arsenal asdf
  asdfasdf asdfg asdfgh asdfghj asdfghjk asdfghjkl asdfghjklqwertyuiop asdfqwer ashley asd august autumn azerty
  azertyuiop bailey barcelona baseball basketball batman beautiful benjamin birthday blessed blink bonjour
  butterfly california casper changeme changeit changethis changethispassword charlie cheese chelsea chicken chocolate christian christopher
  cinderella client cocacola company computer consumer cookie corvette danielle database december default defaultpassword diamond
  dolphin dragon dragonball elephant elizabeth email estrella eminem enter everton facebook family february ferrari
  firebird flower football forever freedom friend friends fuckyou gabriel gandalf garfield genesis george gfhjkm ginger
  god godisgood goodluck google grandma greenday guest guitar hacker hallo hannah happy harley harrypotter
  heaven hello helloworld hockey hunter iceman icecream iloveu iloveyou iloveyousomuch internet internett january jennifer
  jessica jesus jesuschrist johnson jonathan jordan joshua july june justin kali killer kimberly king kitty
  knight letmein letmeinnow letmeinplease liverpool logmein login london loveme lovely loveyou lovelove madison maggie manager march martin
  master matrix matthew maverick mercedes metallica michael michelle microsoft midnight minecraft monday monitor monitoring monkey morgan
  motdepasse mother music muster musteradmin mustang mynameis mypassword newpassword newyork nicholas nicole nothing november october officedepot
  oracle orange passme passord passphrase passw passwd password passwordis passwordpassword passwort patrick peanut pepper philips
  phoenix playboy please pokemon poohbear porsche postgres postgresql princess private purple qawsed qazwsx qazwsxedc qazwsxedcrfv qazxsw
  qwaszx qwe qweasd qweasdzxc qweqwe qweqweqwe qwer qwerasdf qwert qwertasdfg qwerty qwertyqwerty qwertyui qwertyuiop qwertyuiopasdfghjkl
  qwertyuiopasdfghjklzxcvbnm qwertz qwertzuiop rainbow rangers raspberry realmadrid rebecca richard robert rockstar root rootroot
  samantha samsung saturday scooby secret secretpassword secure security september server service shadow shannon silver slipknot smokey snoopy
  soccer somepassword sophie spiderman spongebob spring starwars stephanie steven success summer sunday sunflower sunshine
  superadmin superman superstar supersecret superuser supervisor support sweetheart sysadmin system taylor teacher temp temporary tennis test
  testing testpassword testtest tester thankyou theman thisismypassword thomas thunder thursday tigger tinkerbell tomcat toor toyota trustno
  trustme tuesday twilight ubuntu unicorn unknown user username vanessa victoria vincent virginia wachtwoord wednesday welcome
  welcomehome welcometo westham whatever william willow windows winner winter wonderful wordpass yamaha yankees yellow
  youandme zaq zaqwsx zaqxsw zxc zxcasdqwe zxcv zxcvb zxcvbn zxcvbnm correcthorsebatterystaple contraseña contrasena parola parolparol
  пароль привет йцукен
  1q2w3e4r5t 1q2w3e4r5t6y 1q2w3e4r5t6y7u 1qaz2wsx3edc 1qaz2wsx3edc4rfv 1qazxsw23edc q1w2e3r4t5 q1w2e3r4t5y6 zaq12wsxcde3 zaq1xsw2cde3
  1029384756 1357924680 0987654321 9876543210 1234554321 1122334455 1123581321 1231231234 1234512345 1234561234 3141592653
  2718281828 0123456789 1234567890 1212121212 1010101010 147258369 123456789a 0192837465 7894561230 1472583690
  `
    .trim()
    .split(/\s+/),
);
