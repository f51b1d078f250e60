"""Which country a place that may be named in a text lies in: written by hand, not complete."""

from __future__ import annotations

from typing import Final

__all__ = ["COUNTRY_OF"]

_PLACES: Final = {
    "Argentina": "buenos aires, cordoba, córdoba, rosario, mendoza",
    "Australia": "sydney, melbourne, brisbane, perth, adelaide, canberra, hobart, darwin, "
    "new south wales, victoria, queensland, tasmania",
    "Austria": "vienna, wien, graz, linz, salzburg, innsbruck, tyrol, tirol",
    "Belgium": "brussels, bruxelles, antwerp, antwerpen, ghent, gent, bruges, liège, liege",
    "Brazil": "são paulo, sao paulo, rio de janeiro, brasília, brasilia, salvador, recife, "
    "porto alegre, curitiba, belo horizonte",
    "Canada": "toronto, montreal, montréal, vancouver, calgary, ottawa, edmonton, winnipeg, "
    "quebec, québec, halifax, ontario, british columbia, alberta, manitoba, nova scotia",
    "Chile": "santiago, valparaíso, valparaiso, concepción",
    "China": "beijing, shanghai, shenzhen, guangzhou, chengdu, wuhan, hangzhou, 北京, 上海",
    "Colombia": "bogotá, bogota, medellín, medellin, cali",
    "Czechia": "prague, praha, brno, ostrava",
    "Denmark": "copenhagen, københavn, aarhus, odense, aalborg",
    "Egypt": "cairo, alexandria, giza",
    "Finland": "helsinki, espoo, tampere, turku, oulu",
    "France": "paris, marseille, lyon, toulouse, nice, nantes, strasbourg, montpellier, bordeaux, "
    "lille, rennes, grenoble, brittany, normandy, provence",
    "Germany": "berlin, hamburg, munich, münchen, cologne, köln, frankfurt, stuttgart, düsseldorf, "
    "dortmund, leipzig, dresden, hanover, hannover, nuremberg, nürnberg, bremen, bonn, "
    "heidelberg, bavaria, bayern, saxony, hesse, hessen",
    "Greece": "athens, thessaloniki, patras, heraklion, crete",
    "Hungary": "budapest, debrecen, szeged",
    "India": "mumbai, delhi, new delhi, bangalore, bengaluru, hyderabad, chennai, kolkata, pune, "
    "ahmedabad, jaipur, kerala, goa, gujarat",
    "Ireland": "dublin, cork, galway, limerick, waterford, connacht, munster, leinster",
    "Israel": "tel aviv, jerusalem, haifa, beersheba",
    "Italy": "rome, roma, milan, milano, naples, napoli, turin, torino, palermo, genoa, genova, "
    "bologna, florence, firenze, venice, venezia, verona, sicily, sardinia, tuscany, lombardy",
    "Japan": "tokyo, osaka, kyoto, yokohama, nagoya, sapporo, kobe, fukuoka, hiroshima, 東京, 大阪",
    "Kenya": "nairobi, mombasa, kisumu",
    "Mexico": "mexico city, ciudad de méxico, guadalajara, monterrey, puebla, tijuana, cancún",
    "Netherlands": "amsterdam, rotterdam, the hague, den haag, utrecht, eindhoven, groningen, "
    "leiden, delft, haarlem",
    "New Zealand": "auckland, wellington, christchurch, dunedin, hamilton",
    "Nigeria": "lagos, abuja, kano, ibadan",
    "Norway": "oslo, bergen, trondheim, stavanger, tromsø",
    "Poland": "warsaw, warszawa, kraków, krakow, łódź, lodz, wrocław, wroclaw, poznań, gdańsk",
    "Portugal": "lisbon, lisboa, porto, braga, coimbra, faro, madeira, algarve",
    "Romania": "bucharest, cluj, timișoara, iași",
    "Russia": "moscow, москва, saint petersburg, st petersburg, novosibirsk, kazan",
    "Singapore": "singapore",
    "South Africa": "johannesburg, cape town, durban, pretoria",
    "South Korea": "seoul, busan, incheon, daegu, 서울",
    "Spain": "madrid, barcelona, valencia, seville, sevilla, zaragoza, málaga, malaga, bilbao, "
    "granada, catalonia, andalusia, galicia",
    "Sweden": "stockholm, gothenburg, göteborg, malmö, uppsala, lund",
    "Switzerland": "zurich, zürich, geneva, genève, basel, bern, lausanne, lugano, ticino",
    "Turkey": "istanbul, ankara, izmir, bursa, antalya",
    "Ukraine": "kyiv, kiev, lviv, odesa, odessa, kharkiv, київ",
    "United Kingdom": "london, manchester, birmingham, leeds, glasgow, liverpool, edinburgh, "
    "bristol, sheffield, cardiff, belfast, oxford, cambridge, york, brighton, nottingham, "
    "newcastle, leicester, southampton, england, scotland, wales, kent, surrey, sussex, essex",
    "United States": "new york, new york city, los angeles, chicago, houston, phoenix, "
    "philadelphia, san antonio, san diego, dallas, san jose, austin, jacksonville, fort worth, "
    "columbus, charlotte, san francisco, indianapolis, seattle, denver, boston, el paso, "
    "nashville, detroit, oklahoma city, portland, las vegas, memphis, louisville, baltimore, "
    "milwaukee, albuquerque, tucson, fresno, sacramento, atlanta, miami, oakland, minneapolis, "
    "tampa, new orleans, cleveland, honolulu, anchorage, pittsburgh, cincinnati, st. louis, "
    "brooklyn, queens, manhattan, the bronx, staten island, springfield, "
    "alabama, alaska, arizona, arkansas, california, colorado, connecticut, delaware, florida, "
    "hawaii, idaho, illinois, indiana, iowa, kansas, kentucky, louisiana, maine, maryland, "
    "massachusetts, michigan, minnesota, mississippi, missouri, montana, nebraska, nevada, "
    "new hampshire, new jersey, new mexico, north carolina, north dakota, ohio, oklahoma, "
    "oregon, pennsylvania, rhode island, south carolina, south dakota, tennessee, texas, utah, "
    "vermont, virginia, washington state, west virginia, wisconsin, wyoming",
}

COUNTRY_OF: Final = {
    place.strip(): country for country, places in _PLACES.items() for place in places.split(",")
}
"""Country by the place's name in lower case; a country itself is not in it."""
